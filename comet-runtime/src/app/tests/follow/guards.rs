//! Guards that fail, panic, or ask for what they cannot have; and verdicts that run out while somebody waits.

use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicU8};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};

use super::super::socket::Peer;
use super::super::{Tested, endpoint, piece, plan, text};
use super::{at, channels, node, polled, publish};
use crate::auth::{SharedAuthenticator, User};
use crate::channel::tests::{declaration, leak};
use crate::channel::{Declaration, GuardFuture, Verdict, ask, guard};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::page::Page;
use crate::registry::{Endpoint, Hold};

const HOUR: Duration = Duration::from_secs(3_600);

/// An app with `a`, which that guard decides about, and `b` for everybody.
fn app(
    group: &'static str,
    guard: fn(crate::Call) -> GuardFuture,
) -> (Tested, [&'static Declaration; 2]) {
    let all = [Declaration { guard, ..declaration(group, "a") }, declaration(group, "b")].map(leak);
    (channels(all), all)
}

/// What a guard does when it is asked: nothing, refuse, fail, panic.
static DOES: AtomicU8 = AtomicU8::new(0);

fn fickle(_: crate::Call) -> GuardFuture {
    guard(async {
        match DOES.load(SeqCst) {
            1 => Err(Error::new(http::StatusCode::FORBIDDEN, "not any more")),
            2 => Err(Error::from(std::io::Error::other("no database"))),
            3 => panic!("as asked for"),
            _ => Ok(Verdict::lasting(Duration::from_secs(5))),
        }
    })
}

fn status(problem: &str) -> u64 {
    serde_json::from_str::<Value>(problem).unwrap()["status"].as_u64().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_verdict_runs_out_in_a_parked_poll_a_stream_and_a_socket() {
    let (app, [a, _]) = app("guards-fickle", fickle);
    let a = node("a", a);
    let parked = format!("channel=a&channel=b&timeout=25000&cursor={}", at(&a, 0));
    let first = polled(&app, "channel=a&channel=b").await;
    let cursor = first["cursor"].as_str().unwrap();
    let parked = parked.replace(&at(&a, 0), cursor);
    for (does, told) in [(1, Some("revoked")), (2, None), (3, None)] {
        DOES.store(0, SeqCst);
        let mut stream = app.lines("/comet/events?channel=a&channel=b", None).await;
        piece(&mut stream).await.unwrap();
        let mut peer = Peer::open(&app, "channel=a&channel=b").await;
        peer.hello().await;
        let since = Instant::now();
        let poll = async {
            let reply = polled(&app, &parked).await;
            (reply, since.elapsed())
        };
        let failing = async {
            sleep(Duration::from_secs(1)).await;
            DOES.store(does, SeqCst);
        };
        let ((reply, after), ()) = tokio::join!(poll, failing);
        assert!((5..7).contains(&after.as_secs()), "{does}: {after:?}, and not the whole hold");
        let reasons = reply["events"].as_array().unwrap().iter();
        let reasons: Vec<_> = reasons.map(|event| event["data"]["reason"].as_str()).collect();
        assert_eq!(reasons, told.map_or(vec![], |told| vec![Some(told)]), "{does}");
        assert_eq!(reply["cursor"], cursor, "{does}: it can come back");
        match told {
            Some(told) => {
                assert!(piece(&mut stream).await.unwrap().contains(told));
                assert_eq!(peer.next().await["data"]["reason"], told);
                assert!(
                    timeout(Duration::from_secs(10), text(stream)).await.is_err(),
                    "`b` goes on"
                );
            }
            // No `closed`, no `done`: it comes back, and hears what the guard says then.
            None => {
                assert_eq!(text(stream).await, "", "{does}");
                assert_eq!(peer.closed().await, 1013, "{does}");
            }
        }
        let asked = app.get("/comet/events?channel=a").await;
        assert_eq!(asked.status().as_u16(), if does == 1 { 403 } else { 500 });
        assert_eq!(a.count(), usize::from(false), "{does}: its seats are free");
    }
}

#[tokio::test(start_paused = true)]
async fn a_guard_that_panics_refuses_its_channel_and_harms_nothing_else() {
    let (app, [_, b]) = app("guards-panic", |_| guard(async { panic!("as asked for") }));
    for transport in ["sse", "ndjson", "longpoll"] {
        let asked = app.get(&format!("/comet/events?transport={transport}&channel=a")).await;
        assert_eq!(asked.status(), 500, "{transport}");
        let problem = text(asked).await;
        assert!(!problem.contains("as asked for"), "{problem}");
    }
    let mut peer = Peer::open(&app, "channel=a&channel=b").await;
    assert_eq!(peer.hello().await["channels"], json!(["b"]));
    assert_eq!(peer.next().await["data"]["problem"]["status"], 500);
    publish(&node("b", b), "1");
    assert_eq!(peer.next().await["data"], 1);
}

#[tokio::test(start_paused = true)]
async fn an_authenticator_that_panics_fails_that_request() {
    let mut plan = plan([endpoint(1)]);
    plan.authenticator = Some(SharedAuthenticator::new(|parts: &http::request::Parts| {
        assert!(!parts.headers.contains_key("x-panic"), "as asked for");
        None::<User>
    }));
    plan.channels = vec![leak(declaration("guards-authenticator", "a"))];
    let app = Tested::with(plan, Config::default());
    let asked = http::Request::get("/comet/events?channel=a").header("x-panic", "1");
    let refused = app.send(asked, "").await;
    assert_eq!(refused.status(), 500);
    assert_eq!(status(&text(refused).await), 500);
}

async fn with_page(mut page: Page) -> Result {
    page.text("#a", "b").flush().await
}

#[tokio::test(start_paused = true)]
async fn what_is_no_handler_has_no_page() {
    let (app, _) = app("guards-page", |call| guard(async move { ask(with_page, (), &call).await }));
    let asked = timeout(HOUR, app.get("/comet/events?channel=a")).await;
    assert_eq!(asked.expect("it waits for nobody to read").status(), 500);
    let late = Endpoint {
        names: &["late"],
        hold: Hold::For(Duration::from_secs(1)),
        serve: |want| want.run(super::super::parked),
        on_timeout: Some(|call| crate::reply::late(with_page, call)),
        ..endpoint(1)
    };
    let app = Tested::new([late]);
    let asked = app.send(http::Request::post("/comet/call/late"), "");
    let asked = timeout(HOUR, asked).await;
    assert_eq!(asked.expect("it waits for nobody to read").status(), 500);
}

/// Whoever was let in by the first of two guards and revoked while the second one was asked sees nobody.
#[tokio::test(start_paused = true)]
async fn p7_a_verdict_that_is_older_than_a_revocation_shows_nobody_who_is_there() {
    static GRANTED: AtomicBool = AtomicBool::new(true);
    static ASKED: Notify = Notify::const_new();
    static GO: Notify = Notify::const_new();
    let first = Declaration {
        presence: Some(Duration::from_secs(15)),
        guard: |_| {
            guard(async {
                let refused = || Error::new(http::StatusCode::FORBIDDEN, "not any more");
                GRANTED.load(SeqCst).then_some(Verdict::ALWAYS).ok_or_else(refused)
            })
        },
        ..declaration("guards-older", "a")
    };
    let second = Declaration {
        guard: |_| {
            guard(async {
                ASKED.notify_one();
                GO.notified().await;
                Ok(Verdict::ALWAYS)
            })
        },
        ..declaration("guards-older", "b")
    };
    let all = [first, second].map(leak);
    let (app, a) = (channels(all), node("a", all[0]));
    let _bob = a.sit(&crate::channel::Who::asking(Some("bob"), None, false));
    let revoking = async {
        ASKED.notified().await;
        GRANTED.store(false, SeqCst);
        a.revoke("ann");
        GO.notify_one();
    };
    let asking = app.lines("/comet/events?channel=a&channel=b", None);
    let (mut stream, ()) = tokio::join!(asking, revoking);
    let said = piece(&mut stream).await.unwrap();
    assert!(said.contains("\"hello\"") && said.contains("\"revoked\""), "{said}");
    assert!(!said.contains("bob"), "{said}");
}
