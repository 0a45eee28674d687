//! Who hears what.
#![allow(clippy::unwrap_used)]

use comet::App;
use comet::test::{Message, Reply, TestApp};
use jobs::Jobs;
use jobs::shoutbox::Shoutbox;
use serde_json::json;

fn app() -> App {
    App::from_linked().with(Jobs::default()).state(Shoutbox::default())
}

/// The next message with commands for the page.
async fn page(reply: &mut Reply) -> Message {
    loop {
        let message = reply.next().await.unwrap();
        if message.event == "page" {
            return message;
        }
    }
}

#[tokio::test]
async fn a_shout_reaches_who_listens_and_who_comes_later() {
    let app = TestApp::new(app()).unwrap();
    let mut early = app.get("/shouts").await;
    page(&mut early).await;
    app.call("shout", &json!(["Ada", "<b>Good morning!</b>"])).await.last().await.unwrap();
    let mut late = app.get("/shouts").await;
    for listener in [&mut early, &mut late] {
        let shout = page(listener).await;
        assert_eq!(shout.data[1]["text"], "Ada");
        assert_eq!(shout.data[2]["text"], "<b>Good morning!</b>");
        assert!(!shout.data[0]["html"].as_str().unwrap().contains("morning"));
    }
}

#[tokio::test]
async fn silence_is_not_a_shout() {
    let app = TestApp::new(app()).unwrap();
    let mut reply = app.call("shout", &json!({"name": "Ada", "message": "  "})).await;
    assert_eq!(page(&mut reply).await.data[0]["alert"], "Say something first.");
    let mut listener = app.get("/shouts").await;
    assert_eq!(page(&mut listener).await.data.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_app_that_asks_for_tokens_refuses_a_call_without() {
    let app = TestApp::new(app().csrf()).unwrap();
    let mut refused = app.call("shout", &json!(["Eve", "Buy this!"])).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().await.contains("X-Comet-Csrf"));
}
