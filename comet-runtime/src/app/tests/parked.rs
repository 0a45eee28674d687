use std::time::Duration;

use http::StatusCode;
use tokio::time::{Instant, timeout};

use super::{Tested, endpoint, field, parked, plan};
use crate::config::Config;
use crate::registry::{Endpoint, Hold};

fn held(hold: Hold) -> Tested {
    let config = Config { timeout: Duration::from_secs(40), ..Config::default() };
    let waits = Endpoint { routes: &["/wait"], hold, call: parked, ..endpoint(1) };
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
