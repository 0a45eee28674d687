//! A long poll: one reply with what there is, held until there is something.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::polls::Place;
use crate::channel::{Follow, Positions, alone, feed};
use crate::deadline::Alarm;
use crate::log::Cursor;
use crate::random;
use crate::server::{Desk, Drain, Hold};
use crate::transport::{self, Aside, Fed, Manner, Outlet, Ride, Rider, Sink, Transport};

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

/// How a poll waits, as its caller wishes and the app grants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waits {
    /// For its first event.
    pub(super) hold: Duration,
    /// How long it collects once it has found something.
    pub(super) bundle: Duration,
    /// Whether it waits again without anybody being asked who its caller is and what it may follow.
    pub(super) freely: bool,
    /// The rhythm of the streams that it may ride with.
    pub(super) heartbeat: Duration,
}

/// A poll of a caller that waits.
pub(super) struct Held {
    follow: Follow,
    found: Found,
    waits: Waits,
    until: Instant,
    /// Where it ends when its caller asks again, with what it came with.
    place: Option<(Place, Positions)>,
    /// Its place in a lane, once it had one.
    ride: Option<Ride>,
}

impl Held {
    pub(super) fn new(follow: Follow, waits: Waits, place: Option<Place>) -> Self {
        let place = place.map(|place| (place, follow.positions().clone()));
        let (found, until) = (Found::default(), Instant::now() + waits.hold);
        Self { follow, found, waits, until, place, ride: None }
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

    /// Ready when its caller has asked again elsewhere.
    fn poll_replaced(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.place.as_mut().map_or(Poll::Pending, |(place, _)| place.poll_replaced(cx))
    }

    /// A ride from where it stands.
    fn ride(&self, rider: Rider, sink: Arc<dyn Sink>) -> Option<Ride> {
        let heartbeat = self.waits.heartbeat;
        let manner = Manner { transport: Transport::Json, chunked: false, heartbeat, budget: None };
        match rider.join(sink, manner) {
            Aside::Riding(ride) => Some(ride),
            Aside::Behind | Aside::Never => None,
        }
    }
}

impl Hold for Held {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Bytes> {
        if self.poll_replaced(cx).is_ready()
            && let Some((_, came_with)) = &self.place
        {
            return Poll::Ready(transport::polled(b"", came_with, &[]).into());
        }
        let (collects, before) = (!self.waits.bundle.is_zero(), self.found.lines.len());
        if let Some(reply) = self.found.take(&mut self.follow, !collects, cx) {
            return Poll::Ready(reply);
        }
        let found = self.found.lines.len();
        if self.found.over || found >= if collects { FULL } else { 1 } {
            return Poll::Ready(self.give_up());
        }
        if before == 0 && found > 0 {
            self.until = Instant::now() + self.waits.bundle;
        }
        Poll::Pending
    }

    fn until(&self) -> Instant {
        self.until
    }

    fn give_up(&mut self) -> Bytes {
        self.found.reply(&self.follow, &[]).into()
    }

    fn step_aside(&mut self, desk: &Arc<Desk>) -> bool {
        // Who collects gets more than one event, and who is seen by others leaves its seat with the reply.
        if !self.waits.bundle.is_zero() || !self.follow.is_unseen() {
            return false;
        }
        let Some(rider) = self.follow.step_aside() else { return false };
        let sink = Arc::clone(desk) as Arc<dyn Sink>;
        let rides =
            self.ride.as_ref().is_some_and(|ride| ride.again(Arc::clone(&sink), rider.next));
        if !rides {
            self.ride = self.ride(rider, sink);
        }
        self.ride.is_some()
    }

    fn poll_aside(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let left = self.ride.as_ref().map_or(Poll::Ready(()), |ride| ride.poll_left(cx));
        if left.is_ready() || self.poll_replaced(cx).is_ready() {
            return Poll::Ready(());
        }
        self.follow.poll_aside(cx)
    }

    fn step_back(&mut self) {
        if let Some(ride) = &self.ride {
            self.follow.step_back(ride.leave().next);
        }
    }

    fn lasts(&self) -> bool {
        self.waits.freely && self.follow.is_unseen()
    }

    fn again(&mut self, cursor: &[u8]) -> Option<String> {
        let positions = Positions::of(cursor);
        if !self.waits.freely || positions.is_empty() || !self.follow.renew(&positions) {
            return None;
        }
        (self.found, self.until) = (Found::default(), Instant::now() + self.waits.hold);
        let place = self.place.take().map(|(place, _)| place.again(positions.to_string()));
        self.place = place.map(|place| (place, positions));
        Some(random::id())
    }
}

impl Sink for Desk {
    /// Takes a whole reply, or keeps what the socket does not take for the connection's task.
    fn try_write(&self, reply: &[u8]) -> io::Result<usize> {
        match self.answer(reply) {
            true => Ok(reply.len()),
            false => Err(io::ErrorKind::WouldBlock.into()),
        }
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
