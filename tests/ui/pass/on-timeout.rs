//! What replies when the time of a long poll is up.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]

use std::future::pending;
use std::time::Duration;

use comet::test::TestApp;
use comet::{App, Cookies, Delivered, End, Expiration, HandlerId, Interrupt, Json, State};
use comet::{StatusCode, Subscription, Suspended, Then, Timeout, channel, comet, longpoll};

/// By a function.
#[longpoll("/waits", public, timeout = "10ms", on_timeout = nothing_new)]
pub async fn waits(timeout: Timeout) -> Json<u8> {
    assert!(timeout.left() <= Duration::from_millis(10));
    tokio::time::sleep_until(timeout.at()).await;
    assert_eq!(timeout.left(), Duration::ZERO);
    pending().await
}

async fn nothing_new(words: State<&'static str>, _: Cookies) -> Json<&'static str> {
    Json(*words)
}

/// By a function that is not `async`, with an error.
#[longpoll("/fails", public, timeout = "10ms", on_timeout = later::fails)]
pub async fn fails() {
    pending().await
}

mod later {
    pub(super) fn fails() -> comet::Result {
        Err(comet::Error::new(comet::StatusCode::GONE, "too late"))
    }
}

/// With nothing.
#[longpoll("/empty", public, timeout = "10ms")]
pub async fn empty() {
    pending().await
}

/// A whole struct.
#[derive(Debug)]
pub struct Jobs;

#[comet(public)]
impl Jobs {
    /// By a function of the type.
    #[longpoll("/jobs/{id}", timeout = "10ms", on_timeout = Self::late)]
    pub async fn job(&self, id: u64) -> Json<u64> {
        std::future::pending::<()>().await;
        Json(id)
    }

    async fn late() -> (StatusCode, &'static str) {
        (StatusCode::ACCEPTED, "not yet")
    }
}

/// One of two channels.
#[channel("left/{n}", n: u8, public)]
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Left(u8);

/// The other one.
#[channel("right", public)]
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Right(u8);

/// Waits for either.
#[longpoll("/either/{n}", public, timeout = "10s")]
pub async fn either(
    n: u8,
    mut left: Subscription<Left>,
    mut right: Subscription<Right>,
) -> comet::Result<Json<(u8, u8)>> {
    tokio::select! {
        event = left.next() => Ok(Json((n, event?.value()?.0))),
        event = right.next() => Ok(Json((0, event?.value()?.0))),
    }
}

/// In callbacks.
#[longpoll("/suspended", public, timeout = "10ms")]
pub async fn suspended() -> comet::Result<Json<Option<u8>>> {
    let mut waiter = Waiter(None);
    let end = comet::suspend(&mut waiter, Right::channel(), Expiration::Never).await?;
    assert_eq!(end, End::Interrupted(Interrupt::Expired));
    Ok(Json(waiter.0))
}

struct Waiter(Option<u8>);

impl Suspended<Right> for Waiter {
    async fn on_initialize(&mut self, _: HandlerId) -> comet::Result {
        self.0 = Some(0);
        Ok(())
    }

    async fn on_event(&mut self, event: Delivered<Right>) -> comet::Result<Then> {
        self.0 = Some(event.value()?.0);
        Ok(Then::Wait)
    }

    fn on_interrupt(&mut self, _: Interrupt) {
        self.0 = self.0.map(|n| n + 7);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = TestApp::new(App::from_linked().state("nothing new").with(Jobs))?;
    for (path, status, body) in [
        (waits::url(), 200, "\"nothing new\""),
        (empty::url(), 204, ""),
        (Jobs::job_url(3), 202, "not yet"),
        (suspended::url(), 200, "7"),
    ] {
        let mut reply = app.get(path.to_string()).await;
        assert_eq!((reply.status.as_u16(), &*reply.text().await), (status, body));
    }
    let mut gone = app.get("/fails").await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.text().await.contains("too late"));

    let (mut reply, ()) = tokio::join!(app.get("/either/1"), async {
        while Left::channel(1).count() == 0 {
            tokio::task::yield_now().await;
        }
        drop(Left::channel(1).publish(&Left(5)).await);
    });
    assert_eq!(reply.text().await, "[1,5]");
    let (mut reply, ()) = tokio::join!(app.get("/either/1"), async {
        while Right::channel().count() == 0 {
            tokio::task::yield_now().await;
        }
        drop(Right::channel().publish(&Right(6)).await);
    });
    assert_eq!(reply.text().await, "[0,6]");
    Ok(())
}
