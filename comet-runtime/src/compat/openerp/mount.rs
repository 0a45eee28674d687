//! What an app is given: where the handlers are polled, and what the client is told when nothing happened.

use std::borrow::Cow;
use std::time::Duration;

use super::bound::Mount;
use super::timed_out::TimedOut;
use crate::app::Adapter;

/// `web_longpolling` at its prefix: every `#[longpoll]` handler of the app answers there as well as at its own route.
///
/// ```
/// use comet::compat::openerp::{LongPolling, TimedOut};
/// use comet::{App, Json, longpoll};
/// use std::time::Duration;
///
/// /// At `/news` and at `/polls/news`.
/// #[longpoll("/news", public)]
/// async fn news() -> Json<&'static str> {
///     Json("none")
/// }
///
/// let polling = LongPolling::at("/polls")
///     .timed_out(TimedOut::RequestTimeout)      // 408, as OpenERP answered; without this 204
///     .error_delay(Duration::from_millis(500)); // 1 s without this
/// assert!(App::from_linked().adapt(polling).verify().is_ok());
/// ```
///
/// A request's arguments are the members of the JSON object in its query's `data`; without `data` they are the query
/// itself. What the route's path says, no client can change: a member of such a name is left out. How a request is
/// answered:
///
/// | | |
/// |---|---|
/// | `Json<T>` | `application/json`; what returns nothing is `null` |
/// | `Html`, text, a response | as the handler says |
/// | nothing happened within the hold | `on_timeout` of the handler, or what [`timed_out`](Self::timed_out) says |
/// | an error | a problem document with its status, [a moment later](Self::error_delay) |
///
/// Any method will do for a handler that says none, as it did before. `POST {mount}/web/longpolling/get_path` tells the
/// client the prefix.
#[derive(Clone, Debug)]
#[must_use = "give it to `App::adapt`"]
pub struct LongPolling {
    pub(super) prefix: Cow<'static, str>,
    pub(super) timed_out: TimedOut,
    pub(super) error_delay: Duration,
}

impl LongPolling {
    /// At `/openerplongpolling` below the app's mount.
    pub fn new() -> Self {
        Self::at("/openerplongpolling")
    }

    /// At a path of your own: text alone, without placeholders, and not below `/comet`. With `/` the handlers are polled
    /// at their own routes.
    pub fn at(prefix: impl Into<Cow<'static, str>>) -> Self {
        Self {
            prefix: prefix.into(),
            timed_out: TimedOut::default(),
            error_delay: Duration::from_secs(1),
        }
    }

    /// How a request is answered when nothing happened as long as it was held.
    pub fn timed_out(self, timed_out: TimedOut) -> Self {
        Self { timed_out, ..self }
    }

    /// How long a refusal or failure waits before it is told, 1 s without this. The client has no delay of its own: to a
    /// 401 that comes at once it makes twenty requests a second, from every tab.
    pub fn error_delay(self, error_delay: Duration) -> Self {
        Self { error_delay, ..self }
    }
}

impl Default for LongPolling {
    fn default() -> Self {
        Self::new()
    }
}

impl From<LongPolling> for Adapter {
    fn from(polling: LongPolling) -> Self {
        Self::new(Mount::new(polling))
    }
}
