//! What stands between a channel and its suspended handlers.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::{Channel, Delivered, HandlerId, Topic};
use crate::error::Result;

/// A suspended handler that is about to be told of an event, as a [notifier](Topic::set_notifier) sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recipient {
    /// Which one it is.
    pub id: HandlerId,
    /// Its [kind](crate::Suspended::kind).
    pub kind: &'static str,
}

type Notifying<T> = Pin<Box<dyn Future<Output = Result<Option<Delivered<T>>>> + Send>>;

/// A channel's notifier, kept among its attributes.
pub(super) struct Notifier<T>(Box<dyn Fn(Delivered<T>, Recipient) -> Notifying<T> + Send + Sync>);

impl<T: Channel> Notifier<T> {
    pub(super) async fn notify(
        &self,
        event: Delivered<T>,
        to: Recipient,
    ) -> Result<Option<Delivered<T>>> {
        (self.0)(event, to).await
    }
}

impl<T> fmt::Debug for Notifier<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notifier").finish_non_exhaustive()
    }
}

impl<T: Channel> Topic<T> {
    /// Puts a function between the channel and its [suspended handlers](crate::suspend), in place of the one before: what
    /// it returns is what a handler is told of an event, which may be [another](Delivered::with) or none.
    ///
    /// It is asked for each event and each handler, just before `on_event`, in that handler's own task. So handlers do
    /// not wait for each other and publishing waits for none, while a handler's own next event waits: a function that
    /// sleeps throttles, and loses nothing that the channel keeps. Where all are to wait for each other, it can hold a
    /// lock. It counts until it is [removed](Self::remove_notifier) or the channel is closed. Browsers that follow the
    /// channel, and readers by [`subscribe`](Self::subscribe), get what was published.
    ///
    /// An error or a panic ends the handler that was to be told, as one in its `on_event` does.
    ///
    /// ```
    /// use std::time::Duration;
    /// # #[comet::channel("notified", public)]
    /// # #[derive(serde::Serialize, serde::Deserialize)]
    /// # struct Price(u64);
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// Price::channel().set_notifier(|event, to| async move {
    ///     let Price(cents) = event.value()?;
    ///     if to.kind == "shop" {
    ///         tokio::time::sleep(Duration::from_millis(200)).await; // five a second
    ///         return Ok(Some(event.with(&Price(cents / 100))?));
    ///     }
    ///     Ok((cents > 0).then_some(event))
    /// });
    /// # }
    /// ```
    pub fn set_notifier<F, Fut>(&self, notifier: F)
    where
        F: Fn(Delivered<T>, Recipient) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Option<Delivered<T>>>> + Send + 'static,
    {
        let boxed = move |event, to| -> Notifying<T> { Box::pin(notifier(event, to)) };
        self.node().attributes.set(Notifier::<T>(Box::new(boxed)));
    }

    /// Removes the channel's notifier and says whether there was one.
    pub fn remove_notifier(&self) -> bool {
        self.node().attributes.remove::<Notifier<T>>().is_some()
    }
}

/// The notifier of the channel that an event came from.
pub(super) fn notifier<T: Channel>(node: &super::Node) -> Option<Arc<Notifier<T>>> {
    node.attributes.get()
}
