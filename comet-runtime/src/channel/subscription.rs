//! A channel followed by the program itself.

use std::fmt;
use std::future::{pending, poll_fn};
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use tokio::task::coop::consume_budget;

use super::remote::{Change, Remote};
use super::{Cause, Channel, Delivery, Follow, From, Line, Node, Who};
use crate::call::Call;
use crate::error::{Error, Result};
use crate::extract::Extract;
use crate::log::{At, Cursor, Draft, Entry};

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
    /// Entries that were read and not yet handed out, and the number of the channel that they are from.
    ready: std::vec::IntoIter<Arc<Entry>>,
    from: usize,
    /// The channels whose next event has lost others before it.
    missed: Vec<Arc<str>>,
    /// Of a suspended handler: what others want of it.
    remote: Option<Arc<Remote>>,
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
        Self {
            node,
            follow,
            ready,
            from: 0,
            missed: Vec::new(),
            remote: None,
            payload: PhantomData,
        }
    }

    /// Follows another channel of the type as well, from where that subscription is. Each channel's events come in its
    /// order, in turn with those of the others; [`Delivered::channel`] says whose an event is.
    ///
    /// It ends when the last of its channels was closed, or when a channel with `slow = cut` has cut it off.
    ///
    /// ```
    /// # #[comet::channel("desks/{desk}", desk: u8, public)]
    /// # #[derive(serde::Serialize, serde::Deserialize)]
    /// # struct Rung(String);
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> comet::Result {
    /// let mut both = Rung::channel(1).subscribe().and(&Rung::channel(2));
    /// Rung::channel(2).publish(&Rung("Ann".into())).await?;
    /// assert_eq!(both.next().await?.channel(), "desks/2");
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn and(mut self, other: impl Into<Self>) -> Self {
        self.follow.add(other.into().follow.into_lines());
        self
    }

    /// The same channel from where a client stopped; unchanged when it comes for the first time. Of several channels the
    /// first one alone: each is given its own position before they become one by [`and`](Self::and).
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
                    self.follow.position_at(self.from, offset);
                }
                // Who comes and goes is no event of the channel's type.
                if !entry.event.is_presence() {
                    return Ok(self.deliver(entry));
                }
                continue;
            }
            // Here alone, as nothing is held now that was read from what may be left.
            self.change();
            match poll_fn(|cx| self.follow.poll_next(cx)).await {
                Some(Delivery::Entries(from, entries)) => {
                    (self.from, self.ready) = (from, entries.into_iter());
                }
                Some(Delivery::Gap(from, _)) => {
                    self.missed.extend(self.follow.node(from).map(|node| Arc::clone(&node.name)));
                }
                Some(Delivery::Ended(..)) => {}
                // Detached from all of its channels, it may be attached to one again.
                None if self.follow.len() == 0 => pending().await,
                None => return Err(self.follow.ended().unwrap_or(Cause::Closed)),
            }
        }
    }

    fn deliver(&mut self, entry: Arc<Entry>) -> Delivered<T> {
        let channel = &self.follow.node(self.from).unwrap_or(&self.node).name;
        let before = self.missed.len();
        self.missed.retain(|missed| missed != channel);
        Delivered::new(entry, channel, self.missed.len() < before)
    }

    /// The channel that the last event was from, as it is in the program.
    pub(super) fn source(&self) -> Option<&Node> {
        self.follow.node(self.from).map(|node| &**node)
    }

    /// It is a suspended handler's.
    pub(super) fn suspend(&mut self, remote: &Arc<Remote>) {
        self.follow.suspend(remote.addressee);
        self.remote = Some(Arc::clone(remote));
    }

    /// Follows what it was told to by others.
    fn change(&mut self) {
        let Some(remote) = &self.remote else { return };
        for change in remote.changes() {
            match change {
                Change::Join(line) => self.follow.add(vec![*line]),
                Change::Leave(name) => self.follow.stop(&[name.to_string()]),
            }
        }
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

    /// Another value in this one's place: with its position, and of its channel.
    ///
    /// # Errors
    ///
    /// The value cannot be written as JSON, or is one of bytes that has none.
    pub fn with(&self, value: &T) -> Result<Self>
    where
        T: Channel,
    {
        let draft = Draft {
            origin: self.entry.origin.clone(),
            ..Draft::new(self.entry.event.clone(), Bytes::from(value.payload()?))
        };
        let at = self.entry.cursor;
        let entry = match T::DECLARATION.media {
            None => Entry::new(at, draft),
            Some(media) => Entry::of_media(media, at, draft),
        };
        Ok(Self::new(Arc::new(entry), &self.channel, self.missed))
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
