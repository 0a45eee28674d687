use std::time::Duration;

use http::StatusCode;
use tokio::time::{Instant, timeout};

use super::{Tested, endpoint, field, parked, plan, text};
use crate::auth::User;
use crate::config::Config;
use crate::extract::{Extract, State, Timeout};
use crate::registry::{Endpoint, Hold};
use crate::reply::Json;

fn held(hold: Hold) -> Tested {
    let config = Config { timeout: Duration::from_secs(40), ..Config::default() };
    let waits =
        Endpoint { routes: &["/wait"], hold, serve: |want| want.run(parked), ..endpoint(1) };
    Tested::with(plan([waits]), config)
}

#[tokio::test(start_paused = true)]
async fn a_parked_request_is_answered_with_nothing_when_its_time_is_up() {
    for (hold, seconds) in [(Hold::App, 40), (Hold::For(Duration::from_secs(7)), 7)] {
        let (app, since) = (held(hold), Instant::now());
        let answer = app.get("/wait").await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        assert_eq!(field(&answer, "cache-control"), "no-store, no-transform");
        assert_eq!(since.elapsed(), Duration::from_secs(seconds), "{hold:?}");
    }
}

/// What replies when the time is up: the words of the app, to whom it is.
fn late(call: crate::Call) -> crate::reply::BoxFuture {
    crate::reply::late(words, call)
}

async fn words(words: State<&'static str>, user: Option<User>) -> Json<String> {
    Json(format!("{} {:?}", *words, user.map(|user| user.id().to_owned())))
}

#[tokio::test(start_paused = true)]
async fn what_replies_when_the_time_is_up_is_asked_then_and_no_sooner() {
    let hold = Hold::For(Duration::from_secs(7));
    let waits = Endpoint {
        routes: &["/wait"],
        hold,
        serve: |want| want.run(parked),
        on_timeout: Some(late),
        ..endpoint(1)
    };
    let answers = Endpoint { routes: &["/now"], serve: |want| want.run(ready), ..waits };
    let mut plan = plan([waits, answers]);
    plan.states.insert("nothing new");
    let app = Tested::with(plan, Config::default());
    let since = Instant::now();
    let answer = app.get("/wait").await;
    assert_eq!(since.elapsed(), Duration::from_secs(7));
    assert_eq!(field(&answer, "cache-control"), "no-store, no-transform");
    assert_eq!((answer.status(), &*text(answer).await), (StatusCode::OK, "\"nothing new None\""));
    assert_eq!(app.get("/now").await.status(), StatusCode::NO_CONTENT);
    assert_eq!(since.elapsed(), Duration::from_secs(7));
    app.drain.begin();
    assert_eq!(text(app.get("/wait").await).await, "\"nothing new None\"", "and at a shutdown");
    assert_eq!(since.elapsed(), Duration::from_secs(7));
}

fn ready(call: crate::Call) -> crate::reply::BoxFuture {
    Box::pin(async move {
        let timeout = Timeout::extract(&call).await?;
        assert_eq!(timeout.left(), Duration::from_secs(7));
        call.begin()?;
        super::nothing()
    })
}

#[tokio::test(start_paused = true)]
async fn another_request_waits_as_long_as_its_client() {
    let app = held(Hold::Free);
    assert!(timeout(Duration::from_secs(86_400), app.get("/wait")).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_parked_request_does_not_hold_a_shutdown_up() {
    let app = held(Hold::App);
    let waiting = tokio::spawn({
        let app = app.clone();
        async move { app.get("/wait").await.status() }
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    app.drain.begin();
    let since = Instant::now();
    assert_eq!(waiting.await.unwrap(), StatusCode::NO_CONTENT);
    assert_eq!(since.elapsed(), Duration::ZERO);
}
