//! Clients that do not read, or send too much.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::sleep;

use super::super::{Tested, endpoint, events, plan};
use super::Peer;
use super::peer::ROOM;
use crate::call::Call;
use crate::config::Config;
use crate::log::EventName;
use crate::registry::Endpoint;
use crate::reply::BoxFuture;

/// How many bytes the handler has come through with.
static SENT: AtomicU64 = AtomicU64::new(0);

const PIECE: usize = 1000;

fn flooding(call: Call) -> BoxFuture {
    Box::pin(async move {
        call.begin()?;
        let piece = Bytes::from(format!("\"{}\"", "x".repeat(PIECE)));
        loop {
            call.flow()?.send(EventName::MESSAGE, piece.clone()).await?;
            SENT.fetch_add(PIECE as u64, Ordering::SeqCst);
        }
    })
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_read_holds_up_its_handler_and_is_closed() {
    let flood =
        Endpoint { names: &["flood"], serve: |want| want.answer(events, flooding), ..endpoint(1) };
    let app = Tested::with(plan([flood]), Config::default());
    let mut peer = Peer::open(&app, "").await;
    peer.hello().await;
    peer.say(r#"{"call":"flood","id":"k"}"#).await;
    sleep(Duration::from_secs(5)).await;
    let held = SENT.load(Ordering::SeqCst);
    assert!(held > 0 && held < 2 * (64 * 1024 + ROOM) as u64, "{held} bytes ahead of the reader");
    for _ in 0..1000 {
        assert_eq!(peer.next().await["call"], "k");
    }
    assert!(SENT.load(Ordering::SeqCst) > held, "it goes on as the client reads");
    sleep(Duration::from_secs(11)).await;
    let end = SENT.load(Ordering::SeqCst);
    sleep(Duration::from_secs(60)).await;
    assert_eq!(SENT.load(Ordering::SeqCst), end, "nothing was taken for the write timeout");
}
