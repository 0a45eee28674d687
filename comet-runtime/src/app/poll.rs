//! A long poll: one reply with what there is, held until there is something.

use std::future::poll_fn;
use std::task::{Context, Poll};
use std::time::Duration;

use super::service::Inner;
use crate::channel::Follow;
use crate::log::Cursor;
use crate::transport::{self, Fed, Feed, Outlet, Transport};

/// How many bytes a long poll's reply has before it is full; the rest comes with the next one.
const FULL: usize = 256 * 1024;

/// The reply with what there is. A caller that has a position waits for it so long; one that has not gets it at once.
pub(super) async fn poll(app: &Inner, mut follow: Follow, hold: Option<Duration>) -> Vec<u8> {
    let (mut lines, mut over) = (Vec::new(), false);
    let something = poll_fn(|cx| {
        over = take(&mut follow, &mut lines, cx);
        if over || hold.is_none() || !lines.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    });
    tokio::select! {
        biased;
        () = something => {}
        () = tokio::time::sleep(hold.unwrap_or_default()) => {}
        () = app.drain.begun() => {}
    }
    if over && follow.is_over() {
        return transport::polled(&lines, &Cursor::DONE);
    }
    transport::polled(&lines, follow.positions())
}

/// Everything that is there by now, a line each; whether that was the end.
fn take(follow: &mut Follow, lines: &mut Vec<u8>, cx: &mut Context<'_>) -> bool {
    while lines.len() < FULL {
        let mut out = Outlet { transport: Transport::Ndjson, bytes: lines };
        match Feed::poll(follow, &mut out, cx) {
            Poll::Ready(Fed::Written) => {}
            Poll::Ready(Fed::Shared(bytes)) => lines.extend_from_slice(&bytes),
            Poll::Ready(Fed::Ended) => return true,
            Poll::Pending => return false,
        }
    }
    false
}
