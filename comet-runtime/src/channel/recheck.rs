//! A verdict that does not last for ever: when it has run out the guard is asked again.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Sleep, sleep};

use super::{GuardFuture, Verdict};
use crate::error::Error;

/// Asks again whether a reader may stay.
pub(crate) type AskAgain = Box<dyn Fn() -> GuardFuture + Send>;

/// A reader's verdict, and how to ask for the next one.
pub(super) struct Recheck {
    ask: AskAgain,
    state: Asking,
}

enum Asking {
    Later(Pin<Box<Sleep>>),
    Now(GuardFuture),
    /// The last verdict was for good.
    Never,
}

/// How a reader stands with its channel's guard.
pub(super) enum Standing {
    Allowed,
    /// The verdict has run out and the next one is on its way: until then nothing is handed out.
    Asked,
    /// The guard has refused, or could not answer.
    Lost(Error),
}

/// Guards are asked no more often than this.
const SHORTEST: Duration = Duration::from_secs(1);

fn later(lifetime: Duration) -> Asking {
    Asking::Later(Box::pin(sleep(lifetime.max(SHORTEST))))
}

impl Recheck {
    /// Asks at once.
    pub(super) fn now(ask: AskAgain) -> Self {
        let state = Asking::Now(ask());
        Self { ask, state }
    }

    /// Asks when a verdict has run out.
    pub(super) fn after(lifetime: Duration, ask: AskAgain) -> Self {
        Self { ask, state: later(lifetime) }
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Standing {
        loop {
            self.state = match &mut self.state {
                Asking::Later(sleep) => match sleep.as_mut().poll(cx) {
                    Poll::Ready(()) => Asking::Now((self.ask)()),
                    Poll::Pending => return Standing::Allowed,
                },
                Asking::Now(answer) => match answer.as_mut().poll(cx) {
                    Poll::Ready(Ok(Verdict { lifetime: Some(lifetime) })) => later(lifetime),
                    Poll::Ready(Ok(Verdict { lifetime: None })) => Asking::Never,
                    Poll::Ready(Err(error)) => return Standing::Lost(error),
                    Poll::Pending => return Standing::Asked,
                },
                Asking::Never => return Standing::Allowed,
            };
        }
    }
}
