//! The page handle: what a handler says to the page it was called from.

mod argument;
mod commands;
mod queue;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use bytes::Bytes;
use queue::Queue;

use crate::call::Call;
use crate::error::{Error, Result};
use crate::extract::Extract;
use crate::flow::Flow;
use crate::log::EventName;
use crate::registry::{Shape, Signature};

/// The page that called, as a handler sees it: commands are queued, and `flush` sends what is queued as one message.
///
/// What is still queued when the handler returns is sent then. A flush with nothing queued sends nothing.
///
/// ```
/// use comet::{Page, comet};
///
/// /// Counts to `n` in the element with the id `count`.
/// #[comet(public)]
/// async fn count(n: u32, page: &mut Page) -> comet::Result {
///     for i in 1..=n {
///         page.text("#count", i).flush().await?;
///     }
///     Ok(())
/// }
/// ```
///
/// While a flush waits for the client the handler does not run, so never hold a lock over one. The order of commands is
/// the order in which the page applies them.
#[derive(Debug)]
pub struct Page {
    queue: Queue,
    flow: Arc<Flow>,
}

impl Page {
    /// Sends what is queued and waits until the client has room for more.
    ///
    /// # Errors
    ///
    /// [`Gone`](crate::Gone) when the client has left for good; an argument of a queued command that could not be
    /// written as JSON.
    pub async fn flush(&mut self) -> Result {
        if let Some(commands) = self.queue.take()? {
            self.flow.send(EventName::PAGE, commands).await?;
        }
        Ok(())
    }
}

impl Drop for Page {
    /// Hands over what is left when the handler returns. A handler that panicked has nothing more to say.
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        match self.queue.take() {
            Ok(Some(commands)) => self.flow.append(EventName::PAGE, commands),
            Ok(None) => {}
            Err(error) => error.log(),
        }
    }
}

impl Extract for Page {
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        std::future::ready(call.flow().map(|flow| Self { queue: Queue::default(), flow }))
    }

    fn describe(signature: &mut Signature) {
        signature.shape = Shape::Page;
    }
}

/// Joins the payloads of page entries into one array of commands.
pub(crate) fn join(payloads: &[Bytes]) -> Bytes {
    let inner = payloads.iter().map(|array| array.get(1..array.len() - 1).unwrap_or_default());
    let joined = inner.filter(|commands| !commands.is_empty()).collect::<Vec<_>>().join(&b","[..]);
    Bytes::from([b"[", joined.as_slice(), b"]"].concat())
}
