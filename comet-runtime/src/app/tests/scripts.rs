//! Channels for a `<script>`: JSONP.

use axum_core::response::Response;
use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::Value;

use super::rooms::rooms;
use super::{Tested, field, plan, text};
use crate::auth::User;
use crate::channel::hub;
use crate::config::Config;
use crate::log::EventName;
use crate::registry::Access;

/// Says something on a channel of the group.
fn say(group: &'static str, name: &str, json: &'static str) {
    let node = hub().node(name, rooms(group, Access::Public));
    node.log.append(EventName::MESSAGE, Bytes::from_static(json.as_bytes())).unwrap();
}

fn app(group: &'static str, access: Access) -> Tested {
    let mut plan = plan([]);
    plan.channels.push(rooms(group, access));
    let signed_in = |_: &http::request::Parts| Some(User::new("ann"));
    plan.authenticator = Some(crate::auth::SharedAuthenticator::new(signed_in));
    Tested::with(plan, Config::default())
}

async fn get(app: &Tested, query: &str) -> Response {
    app.get(&format!("/comet/events?transport=jsonp&callback=f&{query}")).await
}

/// What the script calls `f` with.
async fn argument(response: Response) -> Value {
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(field(&response, "content-type"), "text/javascript; charset=utf-8");
    let script = text(response).await;
    let argument = script.strip_prefix("/**/f(").unwrap().strip_suffix(");").unwrap();
    serde_json::from_str(argument).unwrap()
}

async fn poll(app: &Tested, query: &str) -> Value {
    argument(get(app, query).await).await
}

#[tokio::test(start_paused = true)]
async fn a_script_polls_from_cursor_to_cursor() {
    let app = app("script", Access::Public);
    let first = argument(get(&app, "channel=rooms/a").await).await;
    assert_eq!(first["events"], serde_json::json!([]));
    let (cursor, other) = (first["cursor"].as_str().unwrap(), app.clone());
    let held = format!("channel=rooms/a&cursor={cursor}");
    let (second, ()) = tokio::join!(poll(&other, &held), async {
        say("script", "rooms/a", r#"{"text":"</script>"}"#);
    });
    assert_eq!(second["events"][0]["data"]["text"], "</script>");
    assert_ne!(second["cursor"], first["cursor"]);
    let again = poll(&app, &held).await;
    assert_eq!(again, second, "a reply that was lost is there again");
    let held = format!("channel=rooms/a&timeout=50&cursor={}", second["cursor"].as_str().unwrap());
    let nothing = poll(&app, &held).await;
    assert_eq!(nothing["events"], serde_json::json!([]));
}

#[tokio::test]
async fn a_script_hears_of_the_end() {
    let app = app("script-end", Access::Public);
    let end = argument(get(&app, "channel=rooms/a&cursor=done").await).await;
    assert_eq!(end, serde_json::json!({ "events": [], "cursor": "done" }));
}

#[tokio::test]
async fn t6_a_script_gets_nothing_that_is_not_for_anybody() {
    let app = app("script-closed", Access::User);
    let refused = argument(get(&app, "channel=rooms/a").await).await;
    assert_eq!(refused["error"]["status"], 403);
    assert!(refused["error"]["detail"].as_str().unwrap().contains("public channels only"));
    let signed_in = app.get("/comet/events?transport=longpoll&channel=rooms/a").await;
    assert_eq!(signed_in.status(), StatusCode::OK, "the user may, by another transport");
}

#[tokio::test]
async fn errors_are_arguments_but_for_a_bad_callback() {
    let app = app("script-errors", Access::Public);
    for (query, status) in [("", 400), ("channel=nowhere", 404), ("channel=../a", 400)] {
        assert_eq!(argument(get(&app, query).await).await["error"]["status"], status, "{query}");
    }
    let bad = "/comet/events?channel=rooms/a&transport=jsonp&callback=alert(1)//";
    let refused = app.send(Request::get(bad), "").await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(field(&refused, "content-type"), "application/problem+json");
    let handler = app.get("/comet/call/import?transport=jsonp&callback=f").await;
    assert_ne!(handler.status(), StatusCode::OK, "handlers have no JSONP");
}
