//! What is left of a long poll's hold.

use std::future::ready;
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use super::Extract;
use crate::call::Call;
use crate::error::Error;
use crate::registry::Signature;

/// When a `#[longpoll]` request is answered at the latest, as an argument of its handler.
///
/// The hold is the attribute's `timeout`, or else the app's. It begins with the request, before the arguments are read.
/// When it is over, the handler is dropped and the reply is that of `on_timeout`, or an empty 204. A caller that takes
/// nothing but a stream is not held: then the time is the same, and passes without an end.
///
/// An app in which another handler than a `#[longpoll]` one asks for it does not start.
///
/// ```
/// use comet::{Json, Timeout, longpoll};
/// use std::time::Duration;
///
/// /// Answers before the hold is over, with what there is by then.
/// #[longpoll("/sum", public, timeout = "20s")]
/// async fn sum(timeout: Timeout) -> Json<u64> {
///     let mut sum = 0;
///     while timeout.left() > Duration::from_secs(1) {
///         sum += 1;
///         # break;
///     }
///     Json(sum)
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout(Instant);

impl Timeout {
    /// What is left of the hold; nothing once it is over.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// When the hold is over, for `tokio::time::sleep_until` and `timeout_at`.
    #[must_use]
    pub fn at(&self) -> Instant {
        self.0
    }
}

impl Extract for Timeout {
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        let unheld = || Error::new(StatusCode::INTERNAL_SERVER_ERROR, "the call is not held");
        ready(call.stay.until.map(Self).ok_or_else(unheld))
    }

    fn describe(signature: &mut Signature) {
        signature.held = true;
    }
}
