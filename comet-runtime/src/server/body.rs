//! A request body that may not come arbitrarily slowly.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum_core::BoxError;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep_until};

/// Bytes a second that a client must send on average once its time is used up; below that a body is an attack, or a
/// line that will not get it through.
const LEAST_RATE: f64 = 500.0;

/// The error of a body that came too slowly.
#[derive(Debug, thiserror::Error)]
#[error("the request body came too slowly; send it without pauses")]
pub(crate) struct TooSlow;

pin_project! {
    /// A body that fails with [`TooSlow`] when its sender pauses longer than a limit, or has used up that limit and
    /// sends less than 500 bytes a second.
    ///
    /// Only the time in which somebody waits for the body counts: a handler that is busy is not the client's fault.
    pub(super) struct SlowBody<B> {
        #[pin]
        inner: B,
        limit: Duration,
        received: usize,
        waited: Duration,
        waiting: Option<Waiting>,
        // Set when there is nothing more to come.
        read: Arc<AtomicBool>,
        failed: bool,
    }
}

struct Waiting {
    since: Instant,
    until: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl<B> SlowBody<B> {
    /// A body that sets `read` when it has come to its end.
    pub(super) fn new(inner: B, limit: Duration, read: Arc<AtomicBool>) -> Self {
        let (received, waited, waiting) = (0, Duration::ZERO, None);
        Self { inner, limit, received, waited, waiting, read, failed: false }
    }
}

/// How long the next part may take.
fn allowance(limit: Duration, received: usize, waited: Duration) -> Duration {
    #[expect(clippy::cast_precision_loss, reason = "a bound on time need not be exact to the byte")]
    let earned = Duration::from_secs_f64(received as f64 / LEAST_RATE);
    limit.min((limit + earned).saturating_sub(waited))
}

/// Resolves when a time is up and the network was looked at once more, which over HTTP/2 is another task's work.
async fn over(at: Instant) {
    sleep_until(at).await;
    yield_now().await;
}

impl<B> Body for SlowBody<B>
where
    B: Body<Data = Bytes, Error: Into<BoxError>>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.project();
        if *this.failed {
            return Poll::Ready(None);
        }
        let Poll::Ready(frame) = this.inner.poll_frame(cx) else {
            let allowed = allowance(*this.limit, *this.received, *this.waited);
            let waiting = this.waiting.get_or_insert_with(|| {
                let since = Instant::now();
                Waiting { since, until: Box::pin(over(since + allowed)) }
            });
            ready!(waiting.until.as_mut().poll(cx));
            *this.failed = true;
            return Poll::Ready(Some(Err(TooSlow.into())));
        };
        if let Some(waiting) = this.waiting.take() {
            *this.waited += waiting.since.elapsed();
        }
        if frame.is_none() {
            this.read.store(true, Ordering::Release);
        }
        if let Some(Ok(data)) = frame.as_ref().map(|frame| frame.as_ref().map(Frame::data_ref)) {
            *this.received += data.map_or(0, Bytes::len);
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.failed || self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
