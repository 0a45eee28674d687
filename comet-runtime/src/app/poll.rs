//! A long poll: one reply with what there is, held until there is something.

use std::future::poll_fn;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::polls::Place;
use crate::channel::{Follow, Positions, alone, feed};
use crate::deadline::Alarm;
use crate::log::Cursor;
use crate::server::{Drain, Hold};
use crate::transport::{self, Fed, Outlet, Transport};

/// How many bytes a long poll's reply has before it is full; the rest comes with the next one.
const FULL: usize = 256 * 1024;

/// The reply to a caller that does not wait: what there is, who is there, and who asks.
pub(super) async fn at_once(mut follow: Follow) -> Vec<u8> {
    let besides = besides(&mut follow);
    let mut found = Found::default();
    poll_fn(|cx| Poll::Ready(found.take(&mut follow, false, cx))).await;
    found.reply(&follow, &besides)
}

/// What a first reply has beside its events. Who waits has been told before, and is told of every change.
fn besides(follow: &mut Follow) -> [(&'static str, Option<Vec<u8>>); 2] {
    let present = Some(follow.attendances()).filter(|present| !present.is_empty());
    let present = present.and_then(|present| serde_json::to_vec(&present).ok());
    let user = follow.user().and_then(|user| serde_json::to_vec(user).ok());
    [("present", present), ("user", user)]
}

/// A poll of a caller that waits.
pub(super) struct Held {
    follow: Follow,
    found: Found,
    until: Instant,
    /// How long it collects once it has found something.
    bundle: Duration,
    /// Where it ends when its caller asks again, with what it came with.
    place: Option<(Place, Positions)>,
}

impl Held {
    pub(super) fn new(
        follow: Follow,
        until: Instant,
        bundle: Duration,
        place: Option<Place>,
    ) -> Self {
        let place = place.map(|place| (place, follow.positions().clone()));
        Self { follow, found: Found::default(), until, bundle, place }
    }

    /// The reply, when there is something or the time is up, or when the server goes away.
    pub(super) async fn reply(mut self, drain: &Drain) -> Bytes {
        let mut alarm = Alarm::new(self.until);
        let mut drained = std::pin::pin!(drain.begun());
        poll_fn(|cx| {
            if let Poll::Ready(reply) = self.poll(cx) {
                return Poll::Ready(reply);
            }
            alarm.set(self.until);
            if alarm.poll(cx).is_ready() || drained.as_mut().poll(cx).is_ready() {
                return Poll::Ready(self.give_up());
            }
            Poll::Pending
        })
        .await
    }
}

impl Hold for Held {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Bytes> {
        if let Some((place, came_with)) = &mut self.place
            && place.poll_replaced(cx).is_ready()
        {
            return Poll::Ready(transport::polled(b"", came_with, &[]).into());
        }
        let (collects, before) = (!self.bundle.is_zero(), self.found.lines.len());
        if let Some(reply) = self.found.take(&mut self.follow, !collects, cx) {
            return Poll::Ready(reply);
        }
        let found = self.found.lines.len();
        if self.found.over || found >= if collects { FULL } else { 1 } {
            return Poll::Ready(self.give_up());
        }
        if before == 0 && found > 0 {
            self.until = Instant::now() + self.bundle;
        }
        Poll::Pending
    }

    fn until(&self) -> Instant {
        self.until
    }

    fn give_up(&mut self) -> Bytes {
        self.found.reply(&self.follow, &[]).into()
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
    /// Everything that is there by now; or the whole reply, which others share.
    fn take(&mut self, follow: &mut Follow, shares: bool, cx: &mut Context<'_>) -> Option<Bytes> {
        while !self.over && self.lines.len() < FULL {
            let Poll::Ready(delivery) = follow.poll_next(cx) else { return None };
            if shares
                && self.lines.is_empty()
                && let Some(reply) = delivery.as_ref().and_then(|found| alone(follow, found))
            {
                return Some(reply);
            }
            let mut out = Outlet::new(Transport::Ndjson, &mut self.lines);
            match feed(follow, delivery, &mut out) {
                Fed::Written => {}
                Fed::Shared(bytes) => self.lines.extend_from_slice(&bytes),
                Fed::Ended => self.over = true,
            }
        }
        None
    }

    fn reply(&self, follow: &Follow, besides: &[(&str, Option<Vec<u8>>)]) -> Vec<u8> {
        match self.over && follow.is_over() {
            true => transport::polled(&self.lines, &Cursor::DONE, besides),
            false => transport::polled(&self.lines, follow.positions(), besides),
        }
    }
}
