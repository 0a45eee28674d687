//! The greetings, by name and by position.
#![allow(clippy::unwrap_used)]

use comet::App;
use comet::test::TestApp;
use hello as _;
use serde_json::json;

#[tokio::test]
async fn a_name_is_greeted_however_it_is_sent() {
    let app = TestApp::new(App::from_linked()).unwrap();
    for arguments in [json!(["Ada"]), json!({"name": "Ada"})] {
        let mut reply = app.call("hello", &arguments).await;
        assert_eq!(reply.next().await.unwrap().event, "hello");
        let page = reply.next().await.unwrap();
        assert_eq!(page.data[0]["selector"], "#greeting");
        assert_eq!(page.data[0]["text"], "Hello, Ada!");
        assert_eq!(page.data[1]["value"], "var(--accent)");
        assert_eq!(reply.last().await.unwrap().event, "done");
    }
}

#[tokio::test]
async fn a_greeting_needs_a_name_and_a_goodbye_none() {
    let app = TestApp::new(App::from_linked()).unwrap();
    let mut refused = app.call("hello", &json!([])).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text().await.contains("name"));
    assert_eq!(app.call("goodbye", &json!([])).await.last().await.unwrap().event, "done");
}
