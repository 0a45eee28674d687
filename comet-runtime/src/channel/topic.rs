//! A channel in the hands of the program.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;

use super::{Channel, Live, Node, Present, Subscription, hub};
use crate::error::Result;
use crate::log::{Cursor, EventName};

/// One channel of a type: `TodoEvent::channel(7)`.
///
/// Cheap to make and to clone; publishing works from anywhere in the program.
pub struct Topic<T> {
    node: Arc<Node>,
    payload: PhantomData<fn(&T)>,
}

/// The channel was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the channel is closed")]
pub struct Closed;

/// The channel of that name.
#[must_use]
pub fn topic<T: Channel>(name: &str) -> Topic<T> {
    // A pattern may be written with letters that a name has as escapes only.
    let name = comet_route::normalize_path(name);
    Topic { node: hub().node(&name, T::DECLARATION), payload: PhantomData }
}

impl<T: Channel> Topic<T> {
    /// Publishes an event and hands back its offset. `Ok` means: in the log of this process, in order, for every reader
    /// that is there or comes back in time. It never waits for a reader.
    ///
    /// # Errors
    ///
    /// [`Closed`]; an event that cannot be written as JSON, or one of bytes that has none.
    pub fn publish(&self, event: &T) -> impl Future<Output = Result<u64>> + Send + use<T> {
        let offset = self.append(event);
        std::future::ready(offset)
    }

    fn append(&self, event: &T) -> Result<u64> {
        let payload = Bytes::from(event.payload()?);
        Ok(self.node.log.append(EventName::MESSAGE, payload).ok_or(Closed)?)
    }

    /// Follows the channel from now on.
    #[must_use]
    pub fn subscribe(&self) -> Subscription<T> {
        Subscription::new(Arc::clone(&self.node))
    }

    /// How many readers the channel has now.
    #[must_use]
    pub fn count(&self) -> usize {
        self.node.count()
    }

    /// Who follows the channel now; nobody where it has no `presence`.
    ///
    /// A user is one person with however many tabs, devices and transports, and so is a stranger's client. Whoever loses
    /// its connection still counts for the time that the channel's `presence` says. Readers of the program itself
    /// ([`subscribe`](Self::subscribe)) are nobody. At most 10,000 persons are counted; who comes then follows uncounted.
    #[must_use]
    pub fn presence(&self) -> Present {
        self.node.present().unwrap_or_default()
    }

    /// The position now: whoever follows from there, over any transport, gets all that is published from now on.
    ///
    /// For a page, [`live`](Self::live) writes it where the browser client looks for it.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.node.cursor()
    }

    /// The channel from now on, for a page that is about to be made: taken *before* the page's data is read, nothing that
    /// is published meanwhile is lost, and what was published before does not come again. See [`Live`].
    #[must_use]
    pub fn live(&self) -> Live {
        Live::new(self.name(), self.cursor())
    }

    /// The offset of the newest event; 0 before the first.
    #[must_use]
    pub fn newest(&self) -> u64 {
        self.node.log.newest()
    }

    /// Cuts off a user's readers at once and says how many there were. They are asked for access when they come back.
    pub fn revoke(&self, user: &str) -> usize {
        self.node.revoke(user)
    }

    /// Closes the channel: readers get what is left and end. The next use of its name is a new channel.
    pub fn close(&self) {
        hub().close(&self.node);
    }

    /// The channel's name, as clients send it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.node.name
    }
}

impl<T> Clone for Topic<T> {
    fn clone(&self) -> Self {
        Self { node: Arc::clone(&self.node), payload: PhantomData }
    }
}

impl<T> fmt::Debug for Topic<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Topic").field(&self.node.name).finish()
    }
}
