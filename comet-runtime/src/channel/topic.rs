//! A channel in the hands of the program.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;

use super::{Channel, Delivered, Live, Node, Present, Subscription, hub};
use crate::error::Result;
use crate::log::{Cursor, Draft, EventName};

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

/// All channels of a type, those that come later among them.
#[must_use]
pub fn every<T: Channel>() -> Subscription<T> {
    Subscription::new(hub().every(T::DECLARATION))
}

impl<T: Channel> Topic<T> {
    pub(super) fn node(&self) -> &Arc<Node> {
        &self.node
    }

    /// Publishes an event and hands back its offset. `Ok` means: in the log of this process, in order, for every reader
    /// that is there or comes back in time. It never waits for a reader.
    ///
    /// # Errors
    ///
    /// [`Closed`]; an event that cannot be written as JSON, or one of bytes that has none.
    pub fn publish(&self, event: &T) -> impl Future<Output = Result<u64>> + Send + use<T> {
        let offsets = self.append([event]);
        std::future::ready(offsets.map(|offsets| offsets.start))
    }

    /// Publishes events in a row: all of them or none, with nothing between them, and readers are woken once. Hands back
    /// their offsets.
    ///
    /// # Errors
    ///
    /// As for [`publish`](Self::publish); then none is published.
    pub fn publish_all<'e, I>(
        &self,
        events: I,
    ) -> impl Future<Output = Result<Range<u64>>> + Send + use<'e, I, T>
    where
        I: IntoIterator<Item = &'e T>,
        T: 'e,
    {
        std::future::ready(self.append(events))
    }

    fn append<'e>(&self, events: impl IntoIterator<Item = &'e T>) -> Result<Range<u64>> {
        let drafts = events.into_iter().map(draft).collect::<Result<Vec<_>>>()?;
        Ok(self.node.publish(drafts).ok_or(Closed)?)
    }

    /// The newest `most` events that the channel still keeps, the oldest first. Each has the cursor to go on from.
    ///
    /// ```
    /// # #[comet::channel("lines", history = 100, on_gap = replay, public)]
    /// # #[derive(serde::Serialize, serde::Deserialize)]
    /// # struct Line(String);
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> comet::Result {
    /// Line::channel().publish_all(&[Line("a".into()), Line("b".into())]).await?;
    /// let lines = Line::channel().history(10);
    /// assert_eq!(lines[1].value()?.0, "b");
    /// let rest = Line::channel().subscribe().after(Some(lines[0].cursor)).next().await?;
    /// assert_eq!(rest.value()?.0, "b");
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn history(&self, most: usize) -> Vec<Delivered<T>> {
        let entries = self.node.log.last(most);
        entries.into_iter().map(|entry| Delivered::new(entry, &self.node.name, false)).collect()
    }

    /// Follows the channel from now on.
    #[must_use]
    pub fn subscribe(&self) -> Subscription<T> {
        Subscription::new(Arc::clone(&self.node))
    }

    /// How many readers the channel has now. A client that polls may count until its connection ends or asks for something
    /// else, and not only while a poll of it waits.
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

/// An event that is to be appended.
pub(super) fn draft<T: Channel>(event: &T) -> Result<Draft> {
    let mut draft = Draft::new(EventName::MESSAGE, Bytes::from(event.payload()?));
    draft.key = event.key()?.map(Into::into);
    Ok(draft)
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
