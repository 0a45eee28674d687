//! How long a connection is kept between two requests.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};
use pin_project_lite::pin_project;

/// hyper's clock for one connection.
///
/// hyper counts from the end of a request to the end of the next one's head. Here silence alone counts: the time does not
/// run out within a head, which has a limit of its own and may have begun at the last moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Idle {
    within_head: Arc<AtomicBool>,
}

impl Idle {
    /// Whether a request's head has begun and is not complete.
    pub(super) fn note(&self, within_head: bool) {
        self.within_head.store(within_head, Ordering::Relaxed);
    }
}

impl Timer for Idle {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        let sleep = tokio::time::sleep_until(deadline.into());
        Box::pin(Silence { sleep, idle: self.clone() })
    }

    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }
}

pin_project! {
    struct Silence {
        #[pin]
        sleep: tokio::time::Sleep,
        idle: Idle,
    }
}

impl Future for Silence {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        ready!(this.sleep.poll(cx));
        match this.idle.within_head.load(Ordering::Relaxed) {
            // Whatever comes next is the end of the head, or of the time that the head has.
            true => Poll::Pending,
            false => Poll::Ready(()),
        }
    }
}

impl Sleep for Silence {}
