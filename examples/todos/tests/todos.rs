//! A list, those who follow it, and what is refused.
#![allow(clippy::unwrap_used)]

use comet::App;
use comet::test::{Reply, TestApp};
use serde_json::{Value, json};
use todos::{List, TodoEvent, Todos};

async fn app() -> TestApp {
    let todos = Todos::open(":memory:").await.unwrap();
    TestApp::new(App::from_linked().with(todos)).unwrap()
}

async fn call(app: &TestApp, name: &str, arguments: Value) -> (u16, String) {
    let mut reply = app.call(name, &arguments).await;
    (reply.status.as_u16(), reply.text().await)
}

async fn add(app: &TestApp, list: &str, title: &str) {
    let (status, text) = call(app, "todos_add", json!([list, title])).await;
    assert_eq!(status, 204, "{text}");
}

/// The list's events from the position at which its page was rendered.
async fn follow(app: &TestApp, list: &str) -> Reply {
    let page = app.get(format!("/todos?list={list}")).await.text().await;
    let cursor = page.split("data-cursor=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    app.get(format!("/comet/events?channel=todos/{list}&cursor={cursor}")).await
}

async fn next(events: &mut Reply) -> Value {
    loop {
        let message = events.next().await.unwrap();
        if message.event == "message" {
            return message.data;
        }
    }
}

fn newest(list: &str) -> u64 {
    TodoEvent::channel(list.parse::<List>().unwrap()).newest()
}

#[tokio::test]
async fn what_one_changes_all_hear_when_it_can_be_read() {
    let app = app().await;
    let mut readers = [follow(&app, "shared").await, follow(&app, "shared").await];
    add(&app, "shared", "  Look <up> ").await;
    for events in &mut readers {
        let saved = next(events).await["saved"].clone();
        assert_eq!(saved, json!({"id": 1, "title": "Look <up>", "done": false}));
        let all: Value = app.get("/todos/shared/all").await.json().await.unwrap();
        assert_eq!(all, json!([saved]));
    }
    assert_eq!(call(&app, "todos_check", json!([1, true])).await.0, 204);
    assert_eq!(call(&app, "todos_remove", json!([1])).await.0, 204);
    for events in &mut readers {
        assert_eq!(next(events).await["saved"]["done"], true);
        assert_eq!(next(events).await, json!({"deleted": {"id": 1}}));
    }
    assert_eq!(app.get("/todos/shared/all").await.json::<Value>().await.unwrap(), json!([]));
}

#[tokio::test]
async fn a_page_and_the_events_after_it_are_the_whole_list() {
    let app = app().await;
    add(&app, "whole", "before").await;
    let page = app.get("/todos?list=whole").await.text().await;
    assert!(page.contains("<span>before</span>"));
    let mut events = follow(&app, "whole").await;
    add(&app, "whole", "<b>after</b>").await;
    assert_eq!(next(&mut events).await["saved"]["title"], "<b>after</b>");
    let page = app.get("/todos?list=whole").await.text().await;
    assert!(page.contains("<span>&lt;b&gt;after&lt;/b&gt;</span>"));
}

#[tokio::test]
async fn lists_have_nothing_to_do_with_each_other() {
    let app = app().await;
    add(&app, "mine", "one").await;
    add(&app, "yours", "two").await;
    assert_eq!((newest("mine"), newest("yours")), (1, 1));
    assert!(!app.get("/todos?list=mine").await.text().await.contains("two"));
}

#[tokio::test]
async fn what_is_refused_says_why_and_is_not_published() {
    let app = app().await;
    let long = "x".repeat(201);
    for (name, arguments, status, why) in [
        ("todos_add", json!(["refused", "  "]), 400, "`title`"),
        ("todos_add", json!(["refused", long]), 400, "1 to 200 characters"),
        ("todos_add", json!(["../etc", "x"]), 400, "`list`"),
        ("todos_check", json!([77, true]), 404, "there is no todo 77"),
        ("todos_remove", json!([77]), 404, "there is no todo 77"),
    ] {
        let (found, text) = call(&app, name, arguments).await;
        assert!(found == status && text.contains(why), "{name}: {found} {text}");
    }
    assert_eq!(app.get("/todos?list=a%2Fb").await.status, 400);
    assert_eq!(app.get("/todos/A/all").await.status, 400);
    for n in 0..200 {
        add(&app, "refused", &n.to_string()).await;
    }
    let (status, text) = call(&app, "todos_add", json!(["refused", "one more"])).await;
    assert!(status == 409 && text.contains("full"), "{status} {text}");
    assert_eq!(newest("refused"), 200);
}

#[tokio::test]
async fn a_file_keeps_the_list() {
    let file = std::env::temp_dir().join(format!("comet-todos-test-{}", std::process::id()));
    for expected in 0..2 {
        let todos = Todos::open(&file).await.unwrap();
        let app = TestApp::new(App::from_linked().with(todos)).unwrap();
        let all: Value = app.get("/todos/kept/all").await.json().await.unwrap();
        assert_eq!(all.as_array().unwrap().len(), expected);
        add(&app, "kept", "stay").await;
    }
    std::fs::remove_file(file).unwrap();
}
