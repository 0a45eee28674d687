#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::Duration;

use axum_core::response::Response;
use http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::app::tests::rooms::rooms;
use crate::app::tests::{Tested, endpoint, field, plan, text};
use crate::config::Config;
use crate::registry::Access;

const SECRET: &str = "0123456789abcdef";

/// An app that can be published to, with channels that no other test has.
fn app(group: &'static str) -> Tested {
    with(group, Config { publish_secret: Some(SECRET.parse().unwrap()), ..Config::default() })
}

fn with(group: &'static str, config: Config) -> Tested {
    let mut plan = plan([endpoint(1)]);
    plan.channels.push(rooms(group, Access::Public));
    Tested::with(plan, config)
}

fn request(method: Method, path: &str) -> http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {SECRET}"))
        .header(header::CONTENT_TYPE, "application/json")
}

async fn publish(app: &Tested, body: &Value) -> Response {
    app.send(request(Method::POST, "/comet/publish"), &body.to_string()).await
}

async fn publish_once(app: &Tested, key: &str, body: &Value) -> Response {
    let request = request(Method::POST, "/comet/publish").header("idempotency-key", key);
    app.send(request, &body.to_string()).await
}

async fn value(response: Response) -> Value {
    serde_json::from_str(&text(response).await).unwrap()
}

async fn report(app: &Tested, name: &str) -> Value {
    value(app.send(request(Method::GET, &format!("/comet/channels/{name}")), "").await).await
}

/// The last events of a channel, which is closed for that: name and data.
async fn events(app: &Tested, name: &str) -> Vec<(String, Value)> {
    let reader = app.lines(&format!("/comet/events?channel={name}&history=10"), None).await;
    app.send(request(Method::DELETE, &format!("/comet/channels/{name}")), "").await;
    let said = text(reader).await;
    let messages = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let events = messages.filter(|message| message["channel"] == name);
    events.map(|e| (e["event"].as_str().unwrap().to_owned(), e["data"].clone())).collect()
}

#[tokio::test]
async fn an_event_lands_on_its_channel_with_name_data_and_offset() {
    let app = app("publish-one");
    let reply = publish(&app, &json!({ "channel": "rooms/a", "data": { "text": "hi" } })).await;
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(field(&reply, "cache-control"), "no-store, no-transform");
    assert_eq!(value(reply).await, json!({ "offsets": [1] }));
    let named = json!({ "channel": "rooms/a", "event": "joined", "data": null });
    assert_eq!(value(publish(&app, &named).await).await, json!({ "offsets": [2] }));
    let events = events(&app, "rooms/a").await;
    let message = ("message".to_owned(), json!({ "text": "hi" }));
    assert_eq!(events, [message, ("joined".to_owned(), Value::Null)]);
}

#[tokio::test]
async fn a_list_lands_whole_in_its_order() {
    let app = app("publish-list");
    let list = json!([
        { "channel": "rooms/a", "data": 1 },
        { "channel": "rooms/b", "data": 2 },
        { "channel": "rooms/a", "data": 3 },
    ]);
    assert_eq!(value(publish(&app, &list).await).await, json!({ "offsets": [1, 1, 2] }));
    assert_eq!(value(publish(&app, &json!([])).await).await, json!({ "offsets": [] }));
}

#[tokio::test]
async fn one_bad_event_keeps_the_others_out_and_is_named() {
    let app = app("publish-bad");
    let good = json!({ "channel": "rooms/a", "data": 1 });
    for (bad, status, why) in [
        (json!({ "channel": "nowhere", "data": 1 }), 404, "no channel `nowhere`"),
        (json!({ "channel": "rooms/../a", "data": 1 }), 400, "`rooms/../a` is no channel name"),
        (json!({ "channel": "rooms/a\n", "data": 1 }), 400, "is no channel name"),
        (json!({ "channel": "", "data": 1 }), 400, "is no channel name"),
        (json!({ "channel": "x".repeat(201), "data": 1 }), 400, "at most 200 bytes"),
        (json!({ "channel": "rooms/a", "event": "gap", "data": 1 }), 400, "`gap` cannot be"),
        (json!({ "channel": "rooms/a", "event": "a\nb", "data": 1 }), 400, "cannot be an event"),
    ] {
        let reply = publish(&app, &json!([good, bad])).await;
        assert_eq!(reply.status().as_u16(), status, "{bad}");
        let detail = value(reply).await["detail"].as_str().unwrap().to_owned();
        assert!(detail.starts_with("event 1: ") && detail.contains(why), "{detail}");
        assert!(detail.ends_with("none was published"), "{detail}");
    }
    assert_eq!(report(&app, "rooms/a").await["newest"], 0);
}

#[tokio::test]
async fn what_is_no_event_is_400_and_what_is_not_json_415() {
    let app = app("publish-form");
    for body in [
        "",
        "7",
        "[7]",
        "{}",
        r#"{"channel":"rooms/a"}"#,
        r#"{"channel":"rooms/a","data":1,"x":1}"#,
        "[{]",
        "\u{feff}{}",
    ] {
        let reply = app.send(request(Method::POST, "/comet/publish"), body).await;
        assert_eq!(reply.status(), StatusCode::BAD_REQUEST, "{body}");
        assert!(text(reply).await.contains("or a list of them"));
    }
    let plain = Request::post("/comet/publish").header("authorization", format!("Bearer {SECRET}"));
    let reply = app.send(plain, r#"{"channel":"rooms/a","data":1}"#).await;
    assert_eq!(reply.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(text(reply).await.contains("events are published as application/json"));
}

#[tokio::test]
async fn t13_bodies_and_lists_have_limits() {
    let app = app("publish-limits");
    let body = |length: usize| {
        let frame = r#"{"channel":"rooms/a","data":""}"#.len();
        format!(r#"{{"channel":"rooms/a","data":"{}"}}"#, "x".repeat(length - frame))
    };
    for (length, status) in [(1 << 20, 200), ((1 << 20) + 1, 413), (2 << 20, 413)] {
        let reply = app.send(request(Method::POST, "/comet/publish"), &body(length)).await;
        assert_eq!(reply.status().as_u16(), status, "{length}");
    }
    for (count, status) in [(1_000, 200), (1_001, 413)] {
        let list = vec![json!({ "channel": "rooms/b", "data": 0 }); count];
        assert_eq!(publish(&app, &json!(list)).await.status().as_u16(), status, "{count}");
    }
    assert_eq!(report(&app, "rooms/b").await["newest"], 1_000);
}

#[tokio::test]
async fn without_a_secret_there_is_nothing_and_with_another_one_no_way_in() {
    let event = json!({ "channel": "rooms/a", "data": 1 });
    let off = with("publish-off", Config::default());
    assert_eq!(publish(&off, &event).await.status(), StatusCode::NOT_FOUND);
    let channel = request(Method::GET, "/comet/channels/rooms/a");
    assert_eq!(off.send(channel, "").await.status(), StatusCode::NOT_FOUND);

    let app = app("publish-secret");
    let longer = format!("Bearer {SECRET}0");
    for header in [
        "",
        "Bearer",
        "Bearer ",
        "Basic 0123456789abcdef",
        "Bearer 0123456789abcdeX",
        "Bearer 0123456789abcde",
        &longer,
        SECRET,
    ] {
        for (method, path) in [
            (Method::POST, "/comet/publish"),
            (Method::GET, "/comet/publish"),
            (Method::GET, "/comet/channels/rooms/a"),
            (Method::DELETE, "/comet/channels/rooms/a"),
        ] {
            let request = Request::builder().method(method).uri(path);
            let reply = app.send(request.header(header::AUTHORIZATION, header), "").await;
            assert_eq!(reply.status(), StatusCode::UNAUTHORIZED, "{path} {header}");
            assert_eq!(field(&reply, "www-authenticate"), "Bearer");
        }
    }
    let twice = request(Method::GET, "/comet/channels/rooms/a").header("authorization", "Bearer x");
    assert_eq!(app.send(twice, "").await.status(), StatusCode::UNAUTHORIZED);
    let lower = Request::get("/comet/channels/rooms/a");
    let lower = lower.header("authorization", format!("bearer  {SECRET}"));
    assert_eq!(app.send(lower, "").await.status(), StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn a_key_publishes_once_within_ten_minutes() {
    let app = app("publish-once");
    let event = json!({ "channel": "rooms/a", "data": 1 });
    for _ in 0..3 {
        let reply = publish_once(&app, "k-1", &event).await;
        assert_eq!(value(reply).await, json!({ "offsets": [1] }));
    }
    assert_eq!(value(publish_once(&app, "k-2", &event).await).await, json!({ "offsets": [2] }));
    let other = json!({ "channel": "rooms/a", "data": 2 });
    let refused = publish_once(&app, "k-1", &other).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sleep(Duration::from_secs(599)).await;
    assert_eq!(value(publish_once(&app, "k-1", &event).await).await, json!({ "offsets": [1] }));
    sleep(Duration::from_secs(1)).await;
    assert_eq!(value(publish_once(&app, "k-1", &event).await).await, json!({ "offsets": [3] }));
}

#[tokio::test]
async fn a_refused_request_uses_no_key_up() {
    let app = app("publish-retry");
    let bad = json!({ "channel": "nowhere", "data": 1 });
    assert_eq!(publish_once(&app, "k", &bad).await.status(), StatusCode::NOT_FOUND);
    let good = json!({ "channel": "rooms/a", "data": 1 });
    assert_eq!(value(publish_once(&app, "k", &good).await).await, json!({ "offsets": [1] }));
    for key in ["", &"k".repeat(256)] {
        assert_eq!(publish_once(&app, key, &good).await.status(), StatusCode::BAD_REQUEST);
    }
    let twice = request(Method::POST, "/comet/publish").header("idempotency-key", "k");
    let twice = twice.header("idempotency-key", "l");
    assert_eq!(app.send(twice, &good.to_string()).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(report(&app, "rooms/a").await["newest"], 1);
}

#[tokio::test]
async fn the_oldest_keys_are_forgotten_when_there_are_too_many() {
    let app = app("publish-keys");
    let nothing = json!([]);
    let event = json!({ "channel": "rooms/a", "data": 1 });
    assert_eq!(value(publish_once(&app, "first", &event).await).await, json!({ "offsets": [1] }));
    for key in 1..10_000 {
        publish_once(&app, &key.to_string(), &nothing).await;
    }
    assert_eq!(value(publish_once(&app, "first", &event).await).await, json!({ "offsets": [1] }));
    publish_once(&app, "one more", &nothing).await;
    assert_eq!(value(publish_once(&app, "first", &event).await).await, json!({ "offsets": [2] }));
}

#[tokio::test]
async fn a_channel_is_reported_and_closed() {
    let app = app("publish-channel");
    let empty = json!({ "channel": "rooms/a", "readers": 0, "newest": 0, "oldest": 1 });
    assert_eq!(report(&app, "rooms/a").await, empty);
    let list = vec![json!({ "channel": "rooms/a", "data": 0 }); 12];
    publish(&app, &json!(list)).await;
    let reader = app.lines("/comet/events?channel=rooms/a", None).await;
    let full = json!({ "channel": "rooms/a", "readers": 1, "newest": 12, "oldest": 3 });
    assert_eq!(report(&app, "rooms/a").await, full);

    let closed = app.send(request(Method::DELETE, "/comet/channels/rooms/a"), "").await;
    assert_eq!(closed.status(), StatusCode::NO_CONTENT);
    let said = text(reader).await;
    assert!(said.contains(r#""event":"closed""#), "{said}");
    assert_eq!(report(&app, "rooms/a").await, empty);
    let again = app.send(request(Method::DELETE, "/comet/channels/rooms/a"), "").await;
    assert_eq!(again.status(), StatusCode::NO_CONTENT, "what is closed stays closed");
}

#[tokio::test]
async fn other_methods_and_channels_that_cannot_be_are_refused() {
    let app = app("publish-methods");
    let reply = app.send(request(Method::GET, "/comet/publish"), "").await;
    assert_eq!((reply.status(), field(&reply, "allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
    let reply = app.send(request(Method::PUT, "/comet/channels/rooms/a"), "").await;
    assert_eq!(field(&reply, "allow"), "GET, DELETE");
    let reply = app.send(request(Method::GET, "/comet/channels/nowhere"), "").await;
    assert_eq!(reply.status(), StatusCode::NOT_FOUND);
    let reply =
        app.send(request(Method::GET, &format!("/comet/channels/{}", "x".repeat(201))), "").await;
    assert_eq!(reply.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_channel_of_bytes_takes_the_url_that_its_readers_get() {
    let camera = crate::channel::Declaration {
        media: Some("image/png"),
        ..*rooms("publish-bytes", Access::Public)
    };
    let mut plan = plan([endpoint(1)]);
    plan.channels.push(Box::leak(Box::new(camera)));
    let publish_secret = Some(SECRET.parse().unwrap());
    let app = Tested::with(plan, Config { publish_secret, ..Config::default() });
    let url = "data:image/png;base64,iVBORw0K";
    let reply = publish(&app, &json!({"channel": "rooms/1", "data": url})).await;
    assert_eq!(reply.status(), StatusCode::OK);
    for data in [
        json!("iVBORw0K"),
        json!("data:image/jpeg;base64,iVBORw0K"),
        json!("data:image/png;base64,iVBORw0"),
        json!("data:image/png;base64,<>"),
        json!("data:image/png;base64,"),
        json!(7),
    ] {
        let refused = publish(&app, &json!({"channel": "rooms/1", "data": data})).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{data}");
    }
    assert_eq!(events(&app, "rooms/1").await, [("message".to_owned(), json!(url))]);
}
