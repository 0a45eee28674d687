use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::{Request, StatusCode, header};
use tokio::time::sleep;

use super::access::Known;
use super::{Tested, endpoint, events, parked, piece, plan, text, two_events};
use crate::auth::SharedAuthenticator;
use crate::config::Config;
use crate::registry::Endpoint;

const RESUME: Option<Duration> = Some(Duration::from_secs(30));

fn app() -> Tested {
    let streams = Endpoint { serve: |want| want.answer(events, two_events), ..endpoint(1) };
    Tested::new([
        Endpoint { routes: &["/kept"], resume: RESUME, ..streams },
        Endpoint {
            routes: &["/other"],
            resume: RESUME,
            handler: "other",
            serve: |want| want.answer(events, two_events),
            ..endpoint(2)
        },
        Endpoint {
            routes: &["/plain"],
            serve: |want| want.answer(events, two_events),
            ..endpoint(3)
        },
    ])
}

/// The `cursor` of a stream's `hello`, without its offset.
fn epoch(stream: &str) -> &str {
    let start = stream.find("\"cursor\":\"").unwrap() + 10;
    &stream[start..start + 26]
}

/// The payloads in a stream of lines.
fn payloads(stream: &str) -> Vec<String> {
    let lines = stream.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let seen = lines.map(|line| match line["event"].as_str().unwrap() {
        "message" => line["data"].to_string(),
        other => other.to_owned(),
    });
    seen.collect()
}

#[tokio::test(start_paused = true)]
async fn a_run_goes_on_after_its_cursor_from_header_or_query() {
    let app = app();
    let all = text(app.lines("/kept", None).await).await;
    assert_eq!(payloads(&all), ["hello", "1", "2", "done"]);
    let epoch = epoch(&all);
    let after = |offset: u64| format!("{epoch}.{offset}");
    let by_header = app.lines("/kept", Some(&after(1))).await;
    assert_eq!(payloads(&text(by_header).await), ["hello", "2", "done"]);
    let by_query = app.lines(&format!("/kept?cursor={}", after(2)), None).await;
    assert_eq!(payloads(&text(by_query).await), ["hello", "done"]);
    let newer = app.lines(&format!("/kept?cursor={}", after(0)), Some(&after(2))).await;
    assert_eq!(payloads(&text(newer).await), ["hello", "done"], "a browser repeats its URL");
    let valid = app.lines(&format!("/kept?cursor={}", after(1)), Some("nonsense")).await;
    assert_eq!(payloads(&text(valid).await), ["hello", "2", "done"]);
}

#[tokio::test(start_paused = true)]
async fn the_cursor_of_the_end_ends_a_browser_for_good() {
    let app = app();
    for path in ["/kept", "/plain"] {
        assert_eq!(app.lines(path, Some("done")).await.status(), StatusCode::NO_CONTENT);
        let query = format!("{path}?cursor=done");
        assert_eq!(app.lines(&query, None).await.status(), StatusCode::NO_CONTENT);
    }
    let call =
        Request::get("/kept?cursor=4fzzzxjykrx1kjq7bnt0xq3m2c.0").header("last-event-id", "done");
    assert_eq!(app.send(call, "").await.status(), StatusCode::NO_CONTENT);
}

#[tokio::test(start_paused = true)]
async fn a_cursor_that_leads_nowhere_is_410_only_where_runs_are_kept() {
    let app = app();
    let unknown = "4fzzzxjykrx1kjq7bnt0xq3m2c.0";
    assert_eq!(app.lines("/kept", Some(unknown)).await.status(), StatusCode::GONE);
    let anew = app.lines("/plain", Some(unknown)).await;
    assert_eq!(payloads(&text(anew).await), ["hello", "1", "2", "done"]);
    let all = text(app.lines("/kept", None).await).await;
    let cursor = format!("{}.1", epoch(&all));
    assert_eq!(app.lines("/other", Some(&cursor)).await.status(), StatusCode::GONE);
    assert_eq!(app.lines("/kept", Some(&cursor)).await.status(), StatusCode::OK);
    sleep(Duration::from_secs(31)).await;
    assert_eq!(app.lines("/kept", Some(&cursor)).await.status(), StatusCode::GONE);
}

#[tokio::test(start_paused = true)]
async fn t3_whatever_else_is_sent_as_a_cursor_is_none() {
    let app = app();
    for text in ["", "7", "x.1", "../../etc", "4fzzzxjykrx1kjq7bnt0xq3m2c.07", &"9".repeat(4000)] {
        assert_eq!(app.lines("/kept", Some(text)).await.status(), StatusCode::OK, "{text}");
    }
    let bytes = Request::get("/kept").header("last-event-id", &b"\xff\xfe"[..]);
    assert_eq!(app.send(bytes, "").await.status(), StatusCode::OK);
    assert_eq!(app.lines("/kept?cursor=%00%ff%0a", None).await.status(), StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn t3_the_cursor_of_somebody_else_leads_nowhere() {
    let streams = Endpoint { serve: |want| want.answer(events, two_events), ..endpoint(1) };
    let mut plan = plan([Endpoint { routes: &["/kept"], resume: RESUME, ..streams }]);
    plan.authenticator = Some(SharedAuthenticator::new(Known));
    let app = Tested::with(plan, Config::default());
    let as_user = |user: &str, path: String| {
        let request = Request::get(path).header(header::ACCEPT, "application/x-ndjson");
        app.send(request.header("x-user", user), "")
    };
    let all = text(as_user("ann", "/kept".to_owned()).await).await;
    let path = format!("/kept?cursor={}.1", epoch(&all));
    let stolen = as_user("bob", path.clone()).await;
    assert_eq!(stolen.status(), StatusCode::GONE);
    let own = text(as_user("ann", path).await).await;
    assert_eq!(payloads(&own), ["hello", "2", "done"]);
}

static CALLED: AtomicUsize = AtomicUsize::new(0);

#[tokio::test(start_paused = true)]
async fn a_call_for_which_there_is_no_room_does_nothing() {
    let counts = Endpoint {
        routes: &["/run"],
        resume: RESUME,
        serve: |ask| {
            ask.answer(events, |call| {
                Box::pin(async {
                    CALLED.fetch_add(1, Ordering::SeqCst);
                    parked(call).await
                })
            })
        },
        ..endpoint(1)
    };
    let config = Config { runs: 1, ..Config::default() };
    let app = Tested::with(plan([counts]), config);
    let mut first = app.lines("/run", None).await;
    assert!(piece(&mut first).await.unwrap().contains("hello"));
    let refused = app.lines("/run", None).await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.headers()[header::RETRY_AFTER], "5");
    assert_eq!(CALLED.load(Ordering::SeqCst), 1);
    drop(first);
    sleep(Duration::from_secs(31)).await;
    assert_eq!(app.lines("/run", None).await.status(), StatusCode::OK);
}
