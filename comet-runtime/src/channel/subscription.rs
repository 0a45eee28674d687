//! A channel followed by the program itself.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use tokio::task::coop::consume_budget;

use super::{Cause, Channel, Delivery, Follow, From, Line, Node, Who};
use crate::call::Call;
use crate::error::{Error, Result};
use crate::extract::Extract;
use crate::log::{Addressee, At, Cursor, Entry};

/// A reader of one channel, from [`Topic::subscribe`](crate::Topic::subscribe) or as a handler's argument; or of all
/// channels of a type, from the function `subscribe_all` that `#[channel]` gives the type.
///
/// As an argument it follows the channel whose parameters are values of the handler's route, by name.
///
/// A reader of all channels follows those that come into being later as well, and gets what is published on each of them
/// in the order it was published there. It is for the program alone: no client can ask for it. It keeps the newest 4,096
/// events for a reader that is slow, or as many as the channels' `history` if that is more. It does not end when one of
/// the channels is closed.
pub struct Subscription<T> {
    node: Arc<Node>,
    follow: Follow,
    /// Entries that were read and not yet handed out.
    ready: std::vec::IntoIter<Arc<Entry>>,
    missed: bool,
    payload: PhantomData<fn() -> T>,
}

/// Why a [`Subscription`] has no more events.
///
/// ```
/// use comet::{Channel, NextError, Topic};
///
/// /// Counts events, however often the reader is cut off.
/// async fn count<T: Channel>(topic: Topic<T>) -> u64 {
///     let (mut count, mut last) = (0, topic.cursor());
///     let mut events = topic.subscribe().after(Some(last));
///     loop {
///         match events.next().await {
///             Ok(event) => (count, last) = (count + 1, event.cursor),
///             Err(NextError::Slow) => events = events.after(Some(last)),
///             Err(_) => return count,
///         }
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NextError {
    /// The channel was closed, and all that was in it was read.
    #[error("the channel is closed")]
    Closed,
    /// The reader was slower than its channel, which says `slow = cut`.
    #[error("the reader was cut off: its channel says `slow = cut`, and it was slower")]
    Slow,
}

impl NextError {
    fn of(cause: Cause) -> Self {
        match cause {
            Cause::Slow => Self::Slow,
            // Nobody's access is revoked but a user's.
            Cause::Closed | Cause::Revoked | Cause::Unknown => Self::Closed,
        }
    }
}

/// An event with its position. As JSON it is the event itself; one of bytes is a string with a `data:` URL.
pub struct Delivered<T> {
    /// The position after it in its channel: what a client sends back to go on from here.
    pub cursor: Cursor,
    /// Whether events before this one are lost to this reader.
    pub missed: bool,
    channel: Arc<str>,
    entry: Arc<Entry>,
    payload: PhantomData<fn() -> T>,
}

impl<T: Channel> Subscription<T> {
    pub(super) fn new(node: Arc<Node>) -> Self {
        Self::from(node, From::Now)
    }

    fn from(node: Arc<Node>, from: From) -> Self {
        let follow = Follow::new(vec![Line::new(Arc::clone(&node), &Who::default(), from)]);
        let ready = Vec::new().into_iter();
        Self { node, follow, ready, missed: false, payload: PhantomData }
    }

    /// The same channel from where a client stopped; unchanged when it comes for the first time.
    #[must_use]
    pub fn after(self, cursor: Option<Cursor>) -> Self {
        let from = match cursor.map(Cursor::at) {
            Some(At::Entry(epoch, offset)) if epoch == self.node.log.epoch() => From::After(offset),
            Some(At::Entry(..)) => From::Elsewhere,
            Some(At::Done) | None => return self,
        };
        Self::from(self.node, from)
    }

    /// Waits for the next event.
    ///
    /// # Errors
    ///
    /// [`NextError::Closed`] when the channel was closed and everything in it was read; [`NextError::Slow`] when the channel says
    /// `slow = cut` and something was dropped before it was read. It stays so: whoever wants to go on follows anew, with
    /// [`after`](Self::after) and the position of the last event.
    pub async fn next(&mut self) -> Result<Delivered<T>, NextError> {
        self.advance().await.map_err(NextError::of)
    }

    /// The next event, or why there is none any more.
    pub(super) async fn advance(&mut self) -> Result<Delivered<T>, Cause> {
        // Whoever waits for nothing else lets others run now and then, however fast events come.
        consume_budget().await;
        loop {
            if let Some(entry) = self.ready.next() {
                if let At::Entry(_, offset) = entry.cursor.at() {
                    self.follow.position_at(0, offset);
                }
                // Who comes and goes is no event of the channel's type.
                if entry.event.is_presence() {
                    continue;
                }
                let missed = std::mem::take(&mut self.missed);
                return Ok(Delivered::new(entry, &self.node.name, missed));
            }
            match poll_fn(|cx| self.follow.poll_next(cx)).await {
                Some(Delivery::Entries(_, entries)) => self.ready = entries.into_iter(),
                Some(Delivery::Gap(..)) => self.missed = true,
                Some(Delivery::Ended(_, cause)) => return Err(cause),
                None => return Err(self.follow.ended().unwrap_or(Cause::Closed)),
            }
        }
    }

    /// It is a suspended handler's.
    pub(super) fn suspend(&mut self, addressee: Addressee) {
        self.follow.suspend(addressee);
    }

    /// It reads no more, and is not there any more.
    pub(super) fn leave(&mut self) {
        self.follow = Follow::new(Vec::new());
    }

    /// The position that the next event comes after. That of a reader of all channels ends with the program.
    #[must_use]
    pub fn cursor(&self) -> String {
        self.follow.positions().to_string()
    }
}

impl<T: Channel> Extract for Subscription<T> {
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        std::future::ready(name_for::<T>(call).map(|name| super::topic::<T>(&name).subscribe()))
    }
}

/// The name of the channel whose parameters are values of the call's route.
fn name_for<T: Channel>(call: &Call) -> Result<String, Error> {
    let pattern = format!("/{}", T::DECLARATION.pattern);
    let route = comet_route::Route::parse(&pattern)?;
    let path = route.render(|name| call.values.path(name).map(str::to_owned))?;
    Ok(path.trim_start_matches('/').to_owned())
}

impl<T> Delivered<T> {
    pub(super) fn new(entry: Arc<Entry>, channel: &Arc<str>, missed: bool) -> Self {
        let (cursor, channel) = match &entry.origin {
            Some(origin) => (origin.cursor, &origin.channel),
            None => (entry.cursor, channel),
        };
        Self { cursor, missed, channel: Arc::clone(channel), entry, payload: PhantomData }
    }

    /// The name of the channel it was published on.
    #[must_use]
    pub fn channel(&self) -> &str {
        &self.channel
    }

    /// The event as a value.
    ///
    /// # Errors
    ///
    /// The type writes itself as JSON that it cannot read back.
    pub fn value(&self) -> Result<T>
    where
        T: DeserializeOwned,
    {
        Ok(serde_json::from_slice(&self.entry.json())?)
    }

    /// The event as it was published: JSON, or the bytes of a channel with a `content_type`.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.entry.payload
    }
}

impl<T> Serialize for Delivered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = self.entry.json();
        let json: &RawValue = serde_json::from_slice(&json).map_err(serde::ser::Error::custom)?;
        json.serialize(serializer)
    }
}

impl<T> fmt::Debug for Delivered<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivered").field("cursor", &self.cursor).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Subscription<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Subscription").field(&self.node.name).finish()
    }
}
