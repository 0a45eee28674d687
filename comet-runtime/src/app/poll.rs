//! A long poll: one reply with what there is, held until there is something.

use std::future::poll_fn;
use std::task::{Context, Poll};

use tokio::time::timeout;

use super::polls::Place;
use super::service::Inner;
use super::waiting::Waiting;
use crate::channel::Follow;
use crate::log::Cursor;
use crate::transport::{self, Fed, Feed, Outlet, Transport};

/// How many bytes a long poll's reply has before it is full; the rest comes with the next one.
const FULL: usize = 256 * 1024;

/// The reply with what there is. A caller that has a position waits for it; one that has not gets it at once.
pub(super) async fn poll(
    app: &Inner,
    mut follow: Follow,
    mut waiting: Option<Waiting<'_>>,
) -> Vec<u8> {
    let came_with = follow.positions().clone();
    let place = waiting.as_mut().and_then(|waiting| waiting.place.take());
    // Who waits has been told before, and is told of every change.
    let besides = if waiting.is_none() { besides(&mut follow) } else { Default::default() };
    let mut found = Found::default();
    tokio::select! {
        biased;
        () = replaced(place) => return transport::polled(b"", &came_with, &[]),
        () = found.collect(&mut follow, waiting.as_ref()) => {}
        () = app.drain.begun() => {}
    }
    if found.over && follow.is_over() {
        return transport::polled(&found.lines, &Cursor::DONE, &besides);
    }
    transport::polled(&found.lines, follow.positions(), &besides)
}

/// What a first reply has beside its events: who is there, and who asks.
fn besides(follow: &mut Follow) -> [(&'static str, Option<Vec<u8>>); 2] {
    let present = Some(follow.attendances()).filter(|present| !present.is_empty());
    let present = present.and_then(|present| serde_json::to_vec(&present).ok());
    let user = follow.user().and_then(|user| serde_json::to_vec(user).ok());
    [("present", present), ("user", user)]
}

async fn replaced(place: Option<Place<'_>>) {
    match place {
        Some(mut place) => place.replaced().await,
        None => std::future::pending().await,
    }
}

/// What a poll has to say, a line each.
#[derive(Debug, Default)]
struct Found {
    lines: Vec<u8>,
    /// Whether that was the end.
    over: bool,
}

impl Found {
    async fn collect(&mut self, follow: &mut Follow, waiting: Option<&Waiting<'_>>) {
        let Some(waiting) = waiting else {
            return poll_fn(|cx| {
                self.take(follow, cx);
                Poll::Ready(())
            })
            .await;
        };
        let found = timeout(waiting.hold, self.until(follow, 1)).await.is_ok();
        // A timer of no time still waits for the clock's next tick.
        if found && !waiting.bundle.is_zero() {
            let _ = timeout(waiting.bundle, self.until(follow, FULL)).await;
        }
    }

    /// Resolves at so many bytes, and at the end.
    async fn until(&mut self, follow: &mut Follow, enough: usize) {
        poll_fn(|cx| {
            self.take(follow, cx);
            if self.over || self.lines.len() >= enough { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Everything that is there by now.
    fn take(&mut self, follow: &mut Follow, cx: &mut Context<'_>) {
        while !self.over && self.lines.len() < FULL {
            let mut out = Outlet::new(Transport::Ndjson, &mut self.lines);
            match Feed::poll(follow, &mut out, cx) {
                Poll::Ready(Fed::Written) => {}
                Poll::Ready(Fed::Shared(bytes)) => self.lines.extend_from_slice(&bytes),
                Poll::Ready(Fed::Ended) => self.over = true,
                Poll::Pending => return,
            }
        }
    }
}
