//! The typed events handle.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;

use crate::call::Call;
use crate::error::{Error, Result};
use crate::extract::Extract;
use crate::flow::Flow;
use crate::log::EventName;
use crate::registry::{Shape, Signature};

/// Where a handler sends its typed events.
///
/// ```
/// use comet::{Events, comet};
///
/// #[derive(serde::Serialize)]
/// struct Tick {
///     n: u32,
/// }
///
/// #[comet(route = "/ticks/{count}", public)]
/// async fn ticks(count: u32, out: &mut Events<Tick>) -> comet::Result {
///     for n in 1..=count {
///         out.send(&Tick { n }).await?;
///     }
///     Ok(())
/// }
/// ```
pub struct Events<T> {
    flow: Arc<Flow>,
    event: PhantomData<fn(&T)>,
}

impl<T: Serialize> Events<T> {
    pub(crate) fn of(call: &Call) -> Result<Self> {
        Ok(Self { flow: call.flow()?, event: PhantomData })
    }

    /// Sends an event under the name `message` and waits until the client has room for more.
    ///
    /// # Errors
    ///
    /// [`Gone`](crate::Gone) when the client has left for good; a value that cannot be written as JSON.
    pub fn send<'a>(&'a mut self, event: &T) -> impl Future<Output = Result> + Send + use<'a, T> {
        self.send_as(EventName::MESSAGE, event)
    }

    /// Sends an event under a name of its own, as `addEventListener` in a browser sees it.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn send_as<'a>(
        &'a mut self,
        name: EventName,
        event: &T,
    ) -> impl Future<Output = Result> + Send + use<'a, T> {
        // Written before the first wait, so that the future holds no borrow of an event that may not be `Sync`.
        let payload = serde_json::to_vec(event).map(Bytes::from);
        async move {
            self.flow.send(name, payload?).await?;
            Ok(())
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

impl<T: Serialize> Extract for Events<T> {
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        std::future::ready(Self::of(call))
    }

    fn describe(signature: &mut Signature) {
        signature.shape = Shape::Events;
    }
}
