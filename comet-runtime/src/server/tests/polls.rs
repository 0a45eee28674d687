use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum_core::body::Body;
use bytes::Bytes;
use http::{Request, Response};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::server::{Again, Asking, Differs, Held, Hold, Holding, Polling, REQUEST_ID};

/// How long `/poll?at=short` waits.
pub(super) const SHORT: Duration = Duration::from_millis(50);

/// What `/poll?at=…` is answered with: `now …`, when it is rung for.
#[derive(Clone, Default)]
pub(super) struct Polls {
    bell: Arc<Notify>,
    /// Those that came as requests.
    pub(super) asked: Arc<AtomicUsize>,
    /// Those that came as repetitions.
    pub(super) again: Arc<AtomicUsize>,
    /// Those that are held now.
    pub(super) held: Arc<AtomicUsize>,
}

impl Polls {
    /// Lets one poll be answered, now or when it comes.
    pub(super) fn ring(&self) {
        self.bell.notify_one();
    }

    pub(super) fn answer(&self, request: &Request<Body>) -> Response<Body> {
        let (_, at) = request.uri().query().unwrap_or_default().rsplit_once('=').unwrap();
        let reply = Response::builder().header("x-kind", "poll").header(REQUEST_ID, "first");
        self.asked.fetch_add(1, Ordering::SeqCst);
        let holding = request.extensions().get::<Holding>();
        let Some(holding) = holding.filter(|holding| at != "refused" && holding.is_open()) else {
            return reply.body(Body::from(format!("not held: {at}"))).unwrap();
        };
        let (hold, again) =
            (Box::new(self.hold(at)), Some(Box::new(self.clone()) as Box<dyn Again>));
        holding.hold(Polling { hold, differs: Differs::Query("at"), again });
        reply.body(Body::empty()).unwrap()
    }

    fn hold(&self, at: &str) -> Waiting {
        self.held.fetch_add(1, Ordering::SeqCst);
        let bell = Arc::clone(&self.bell);
        Waiting {
            at: at.to_owned(),
            until: Instant::now() + if at == "short" { SHORT } else { super::PATIENCE },
            rung: Box::pin(async move { bell.notified().await }),
            held: Arc::clone(&self.held),
        }
    }
}

impl Again for Polls {
    fn again(&self, at: &[u8]) -> Asking {
        let at = std::str::from_utf8(at).unwrap();
        let hold = (at != "refused").then(|| self.hold(at));
        self.again.fetch_add(usize::from(hold.is_some()), Ordering::SeqCst);
        let held = hold.map(|hold| Held { id: "next".to_owned(), hold: Box::new(hold) });
        Box::pin(async move { held })
    }
}

struct Waiting {
    at: String,
    until: Instant,
    rung: Pin<Box<dyn Future<Output = ()> + Send>>,
    held: Arc<AtomicUsize>,
}

impl Hold for Waiting {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Bytes> {
        self.rung.as_mut().poll(cx).map(|()| format!("now {}", self.at).into())
    }

    fn until(&self) -> Instant {
        self.until
    }

    fn give_up(&mut self) -> Bytes {
        format!("gone {}", self.at).into()
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.held.fetch_sub(1, Ordering::SeqCst);
    }
}
