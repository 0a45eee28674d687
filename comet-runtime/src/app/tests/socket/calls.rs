//! Handlers called over a WebSocket.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::SinkExt;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};
use tokio_tungstenite::tungstenite::Message;

use super::super::{Tested, endpoint, events, plan, two_events};
use super::Peer;
use crate::auth::{SharedAuthenticator, User};
use crate::call::Call;
use crate::channel::{Declaration, Slow, hub};
use crate::config::Config;
use crate::error::Error;
use crate::log::EventName;
use crate::registry::{Access, Endpoint, Hold, Shape, Signature};
use crate::reply::{BoxFuture, Outcome, Value as Reply};

fn page(signature: &mut Signature) {
    signature.shape = Shape::Page;
}

/// Handlers that have not been dropped.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

struct Alive;

impl Alive {
    fn new() -> Self {
        ALIVE.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Says that it is there, and stays.
fn staying(call: Call) -> BoxFuture {
    Box::pin(async move {
        call.begin()?;
        let _alive = Alive::new();
        call.flow()?.send(EventName::MESSAGE, Bytes::from_static(b"\"here\"")).await?;
        std::future::pending().await
    })
}

fn adding(call: Call) -> BoxFuture {
    Box::pin(async move {
        let take = |name| call.arguments.lock().unwrap().take::<u32>(name);
        let sum = take("a")? + take("b")?;
        call.begin()?;
        Ok(Outcome::new(Reply::Json(Bytes::from(sum.to_string()))))
    })
}

fn app(change: impl FnOnce(&mut super::super::Plan)) -> Tested {
    let named = |name: &'static [&'static str], line| Endpoint { names: name, ..endpoint(line) };
    let endpoints = [
        Endpoint { serve: |want| want.answer(events, two_events), ..named(&["two"], 1) },
        Endpoint { serve: |want| want.answer(page, two_events), ..named(&["page"], 2) },
        Endpoint { serve: |want| want.run(adding), ..named(&["add"], 3) },
        Endpoint { serve: |want| want.answer(events, staying), ..named(&["stay"], 4) },
        Endpoint {
            hold: Hold::App,
            serve: |want| want.run(super::super::parked),
            ..named(&["park"], 5)
        },
        Endpoint { access: Access::User, ..named(&["mine"], 6) },
        Endpoint {
            serve: |want| want.run(|_| Box::pin(async { panic!("as asked for") })),
            ..named(&["panic"], 7)
        },
        Endpoint {
            resume: Some(Duration::from_secs(30)),
            serve: |want| want.answer(events, two_events),
            ..named(&["kept"], 8)
        },
    ];
    let mut plan = plan(endpoints);
    plan.authenticator = Some(SharedAuthenticator::new(|parts: &http::request::Parts| {
        parts.headers.get("x-user").map(|user| User::new(user.to_str().unwrap()))
    }));
    change(&mut plan);
    Tested::with(plan, Config::default())
}

async fn open(app: &Tested) -> Peer {
    let mut peer = Peer::open(app, "").await;
    peer.hello().await;
    peer
}

/// The messages of a call up to its end, without ids.
async fn messages(peer: &mut Peer, call: &str) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    loop {
        let message = peer.next().await;
        assert_eq!(message["call"], call, "{message}");
        let event = message["event"].as_str().unwrap().to_owned();
        let ended = message["id"] == "done";
        all.push((event, message["data"].clone()));
        if ended {
            return all;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_handler_pushes_comes_with_the_name_of_the_call() {
    let mut peer = open(&app(|_| {})).await;
    for name in ["two", "page"] {
        peer.say(&format!(r#"{{"call":"{name}","id":"{name}.1"}}"#)).await;
        let said = messages(&mut peer, &format!("{name}.1")).await;
        let message = |data| ("message".to_owned(), data);
        assert_eq!(said, [message(json!(1)), message(json!(2)), ("done".to_owned(), Value::Null)]);
    }
    for args in ["[1,2]", r#"{"a":1,"b":2}"#] {
        peer.say(&format!(r#"{{"call":"add","id":"k","args":{args}}}"#)).await;
        assert_eq!(peer.text().await, r#"{"call":"k","id":"done","event":"done","data":3}"#);
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_with_a_call_ends_that_call_and_nothing_else() {
    let mut peer = open(&app(|_| {})).await;
    for (call, status, detail) in [
        (r#""call":"ad""#, 404, "no handler is called `ad`; did you mean `add`?"),
        (r#""call":"../add""#, 404, "no handler is called `../add`"),
        (r#""call":"add""#, 400, "argument `a` is missing"),
        (
            r#""call":"add","args":7"#,
            400,
            "arguments are a JSON array (by position) or an object (by name)",
        ),
        (r#""call":"add","args":[1,2,3]"#, 400, "the handler takes 2 arguments, the call has 3"),
        (r#""call":"mine""#, 401, "this needs a signed-in user"),
        (r#""call":"panic""#, 500, "the handler failed; the log has the cause"),
    ] {
        peer.say(&format!(r#"{{{call},"id":"k"}}"#)).await;
        let said = messages(&mut peer, "k").await;
        let [(event, problem)] = said.as_slice() else { panic!("{said:?}") };
        assert_eq!(
            (&**event, &problem["status"], &problem["detail"]),
            ("error", &json!(status), &json!(detail))
        );
    }
    peer.say(r#"{"call":"add","id":"k","args":[1,2]}"#).await;
    assert_eq!(messages(&mut peer, "k").await, [("done".to_owned(), json!(3))]);
}

#[tokio::test(start_paused = true)]
async fn a_call_is_made_by_who_opened_the_connection() {
    let app = app(|_| {});
    let mut peer = Peer::asking(&app, "", &[("x-user", "ann")]).await.unwrap();
    peer.hello().await;
    peer.say(r#"{"call":"mine","id":"k"}"#).await;
    assert_eq!(messages(&mut peer, "k").await, [("done".to_owned(), Value::Null)]);
}

#[tokio::test(start_paused = true)]
async fn an_app_with_tokens_wants_one_with_each_call() {
    let app = app(|plan| plan.csrf = true);
    let issued = app.get("/comet/csrf").await;
    let cookie = super::super::field(&issued, "set-cookie").split(';').next().unwrap().to_owned();
    let token = cookie.split_once('=').unwrap().1;
    let mut peer = Peer::asking(&app, "", &[("cookie", &cookie)]).await.unwrap();
    peer.hello().await;
    for (csrf, wanted) in
        [("", "error"), (r#","csrf":"0""#, "error"), (&format!(r#","csrf":"{token}""#), "done")]
    {
        peer.say(&format!(r#"{{"call":"add","id":"k","args":[1,2]{csrf}}}"#)).await;
        assert_eq!(messages(&mut peer, "k").await[0].0, wanted, "{csrf}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_handler_is_dropped_by_cancel_and_with_its_client_and_there_are_sixteen() {
    let app = app(|_| {});
    let mut peer = open(&app).await;
    for n in 0..17 {
        peer.say(&format!(r#"{{"call":"stay","id":"{n}"}}"#)).await;
    }
    let mut refused = Vec::new();
    for _ in 0..17 {
        let said = peer.next().await;
        if said["event"] == "error" {
            refused.push(said);
        }
    }
    assert_eq!(ALIVE.load(Ordering::SeqCst), 16);
    let [refused] = refused.as_slice() else { panic!("{refused:?}") };
    assert_eq!((&refused["call"], &refused["data"]["status"]), (&json!("16"), &json!(429)));
    assert_eq!(
        refused["data"]["detail"],
        "a connection has at most 16 calls at once; wait for one to end"
    );
    peer.say(r#"{"cancel":"3"}"#).await;
    peer.say(r#"{"cancel":"never"}"#).await;
    peer.say(r#"{"call":"add","id":"3","args":[1,2]}"#).await;
    assert_eq!(messages(&mut peer, "3").await, [("done".to_owned(), json!(3))]);
    assert_eq!(ALIVE.load(Ordering::SeqCst), 15);
    peer.say(r#"{"call":"add","id":"4","args":[1,2]}"#).await;
    let error = peer.next().await;
    assert_eq!(error["data"]["detail"], "a call with the id `4` is under way; take another");
    assert_eq!(peer.closed().await, 1008);
    assert_eq!(ALIVE.load(Ordering::SeqCst), 0);
}

#[tokio::test(start_paused = true)]
async fn a_parked_handler_says_nothing_when_its_time_is_up() {
    let mut peer = open(&app(|_| {})).await;
    let since = Instant::now();
    peer.say(r#"{"call":"park","id":"k"}"#).await;
    let mut said = peer.next().await;
    while said["event"] == "beat" {
        said = peer.next().await;
    }
    assert_eq!(said, json!({"call": "k", "id": "done", "event": "done", "data": null}));
    assert_eq!(since.elapsed().as_secs(), Config::default().timeout.as_secs());
}

#[tokio::test(start_paused = true)]
async fn a_run_that_waits_for_its_client_is_taken_up_over_another_connection() {
    let app = app(|_| {});
    let mut peer = open(&app).await;
    peer.say(r#"{"call":"kept","id":"k"}"#).await;
    let hello = peer.next().await;
    let told = (&hello["event"], &hello["data"]["resume"]);
    assert_eq!(told, (&json!("hello"), &json!(30_000)), "what can be come back to says so");
    let cursor = peer.next().await["id"].as_str().unwrap().to_owned();
    drop(peer);
    sleep(Duration::from_secs(1)).await;
    let mut peer = open(&app).await;
    peer.say(&format!(r#"{{"call":"kept","id":"again","cursor":"{cursor}"}}"#)).await;
    let said = messages(&mut peer, "again").await;
    assert_eq!(said.first().map(|(event, _)| event.as_str()), Some("hello"));
    assert_eq!(said[1..], [("message".to_owned(), json!(2)), ("done".to_owned(), Value::Null)]);
    peer.say(r#"{"call":"kept","id":"over","cursor":"done"}"#).await;
    assert_eq!(messages(&mut peer, "over").await, [("done".to_owned(), Value::Null)]);
}

/// Works for a second and returns.
fn working(call: Call) -> BoxFuture {
    Box::pin(async move {
        call.begin()?;
        sleep(Duration::from_secs(1)).await;
        Ok::<_, Error>(Outcome::new(Reply::Json(Bytes::from_static(b"7"))))
    })
}

#[tokio::test(start_paused = true)]
async fn work_on_a_page_is_let_finish_when_the_server_goes_away() {
    let app = app(|plan| {
        let work =
            Endpoint { names: &["work"], serve: |want| want.answer(page, working), ..endpoint(20) };
        plan.endpoints.push(Box::leak(Box::new(work)));
    });
    let mut peer = open(&app).await;
    for (call, id) in [("work", "w"), ("two", "t"), ("park", "p")] {
        peer.say(&format!(r#"{{"call":"{call}","id":"{id}"}}"#)).await;
    }
    assert_eq!(messages(&mut peer, "t").await.len(), 3);
    app.drain.begin();
    let mut said = Vec::new();
    for _ in 0..3 {
        let message = peer.next().await;
        said.push(format!("{} {} {}", message["call"], message["event"], message["data"]));
    }
    assert!(said[0].starts_with("null \"bye\""), "{said:?}");
    assert_eq!(said[1..], [r#""p" "done" null"#, r#""w" "done" 7"#]);
    peer.say(r#"{"call":"add","id":"late","args":[1,2]}"#).await;
    assert_eq!(peer.closed().await, 1001);
}

#[tokio::test(start_paused = true)]
async fn who_is_cut_off_from_a_channel_comes_back_for_all_of_them_whatever_works_for_it() {
    let cutting = |pattern| {
        let declared = crate::channel::tests::declaration("calls-cut", pattern);
        crate::channel::tests::leak(Declaration { slow: Slow::Cut, ..declared })
    };
    let (a, b) = (cutting("a"), cutting("b"));
    let app = app(|plan| plan.channels = vec![a, b]);
    let mut peer = Peer::open(&app, "channel=a&channel=b").await;
    peer.hello().await;
    peer.say(r#"{"call":"stay","id":"s"}"#).await;
    assert_eq!(peer.next().await["call"], "s");
    let a = hub().node("a", a);
    let long = format!("\"{}\"", "x".repeat(30_000));
    for _ in 0..30 {
        crate::channel::tests::publish(&a, &long);
        tokio::task::yield_now().await;
    }
    let mut last = peer.next().await;
    while last["event"] == "message" {
        last = peer.next().await;
    }
    assert_eq!(last["data"], json!({"channel": "a", "reason": "slow"}));
    assert_eq!(peer.closed().await, 1013, "or it would never hear of `b` again");
}

struct Thinking;

impl crate::Authenticator for Thinking {
    async fn authenticate(&self, _: &http::request::Parts) -> Result<Option<User>, Error> {
        sleep(Duration::from_secs(3)).await;
        Ok(None)
    }
}

async fn late() -> crate::Json<&'static str> {
    crate::Json("late")
}

/// As over HTTP, the time of a parked call is the handler's: who calls is asked before.
#[tokio::test(start_paused = true)]
async fn a_parked_call_has_its_time_and_its_late_reply_however_long_its_user_is_looked_for() {
    let parked = Endpoint {
        names: &["wait"],
        hold: Hold::For(Duration::from_secs(2)),
        serve: |want| want.run(super::super::parked),
        on_timeout: Some(|call| crate::reply::late(late, call)),
        ..endpoint(1)
    };
    let unready = Endpoint {
        names: &["unready"],
        serve: |want| want.run(|_| Box::pin(std::future::pending())),
        at: endpoint(2).at,
        ..parked
    };
    let mut plan = plan([parked, unready]);
    plan.authenticator = Some(SharedAuthenticator::new(Thinking));
    let mut peer = Peer::open(&Tested::with(plan, Config::default()), "").await;
    peer.hello().await;
    for name in ["wait", "unready"] {
        let since = Instant::now();
        peer.say(&format!(r#"{{"call":"{name}","id":"k"}}"#)).await;
        assert_eq!(messages(&mut peer, "k").await, [("done".to_owned(), json!("late"))]);
        assert_eq!(since.elapsed().as_secs(), 5, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_guard_that_takes_its_time_does_not_hold_up_what_comes_after_as_many_changes_as_may_wait()
{
    let declared = crate::channel::tests::declaration("calls-guard", "a");
    let guard = |_| crate::channel::guard(std::future::pending());
    let slow = crate::channel::tests::leak(Declaration { guard, ..declared });
    let mut peer = open(&app(|plan| plan.channels = vec![slow])).await;
    for _ in 0..16 {
        peer.stream.feed(Message::text(r#"{"subscribe":["a"]}"#)).await.unwrap();
    }
    let since = Instant::now();
    peer.say(r#"{"call":"add","id":"k","args":[1,2]}"#).await;
    assert_eq!(messages(&mut peer, "k").await, [("done".to_owned(), json!(3))]);
    assert_eq!(since.elapsed(), Duration::ZERO, "nothing else has to happen first");
}
