//! Publish requests that follow each other on one connection. Who sends them was decided by the first one's head, which
//! all of them have.

use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Method;
use http::request::Parts;
use tokio::time::Instant;

use super::{Batch, landed};
use crate::app::service::{Inner, span};
use crate::random;
use crate::server::{Differs, Hold, Holding, Polling};

/// A publisher's connection.
struct Publishing {
    app: Arc<Inner>,
    path: Box<str>,
    /// What became of the events that came last.
    landed: Bytes,
}

/// Has the server ask for the requests after one that was answered, where they can be compared with it.
pub(super) fn hold(holding: &Holding, app: &Arc<Inner>, parts: &Parts, landed: Bytes) {
    if holding.is_open() && holding.is_known() {
        let publishing = Publishing { app: Arc::clone(app), path: parts.uri.path().into(), landed };
        let hold = Box::new(publishing);
        holding.hold(Polling { hold, differs: Differs::Body, again: None });
    }
}

impl Publishing {
    /// What becomes of the events; nothing where something is wrong, which is said in the way that all requests have.
    fn publish(&self, body: &[u8]) -> Option<Bytes> {
        let short = body.len() <= self.app.config.publish_limit;
        let batch = short.then(|| Batch::read(body, &self.app.directory))?.ok()?;
        landed(batch.land()).ok()
    }
}

impl Hold for Publishing {
    fn poll(&mut self, _: &mut Context<'_>) -> Poll<Bytes> {
        Poll::Ready(self.give_up())
    }

    fn until(&self) -> Instant {
        Instant::now()
    }

    fn give_up(&mut self) -> Bytes {
        std::mem::take(&mut self.landed)
    }

    fn lasts(&self) -> bool {
        true
    }

    fn again(&mut self, body: &[u8]) -> Option<String> {
        let id = random::id();
        self.landed = span(&id, &Method::POST, &self.path).in_scope(|| self.publish(body))?;
        Some(id)
    }
}
