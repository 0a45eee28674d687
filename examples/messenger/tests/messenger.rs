//! Notifications and messages, who gets them, and the database that handlers read.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::Duration;

use comet::App;
use comet::test::{Reply, TestApp};
use messenger::{Database, Readers};
use serde_json::{Value, json};

async fn database() -> Database {
    Database::open(":memory:", 2).await.unwrap()
}

/// The app as somebody sees it who has come in.
async fn enter(database: &Database, name: &str) -> TestApp {
    let app = || TestApp::new(messenger::serve(App::from_linked(), database.clone())).unwrap();
    let reply = app().call("enter", &json!({ "name": name })).await;
    assert_eq!(reply.status, 204);
    let cookie = reply.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly"), "{cookie}");
    app().header("cookie", cookie.split(';').next().unwrap())
}

async fn call(app: &TestApp, name: &str, arguments: Value) {
    let mut reply = app.call(name, &arguments).await;
    let text = reply.text().await;
    assert_eq!(reply.status, 204, "{text}");
}

async fn titles(mut reply: Reply) -> Vec<String> {
    assert_eq!(reply.status, 200);
    let all: Vec<Value> = reply.json().await.unwrap();
    all.iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn o_17_what_is_acknowledged_never_comes_again_and_the_rest_does() {
    let database = database().await;
    let (ann, ben) = (enter(&database, "ann").await, enter(&database, "ben").await);
    call(&ben, "notify", json!({"to": "ann", "title": "one"})).await;
    call(&ben, "notify", json!({"to": "ann", "title": "two", "sticky": "yes"})).await;
    assert_eq!(titles(ann.get("/notification").await).await, ["one", "two"]);
    // Nobody acknowledges what is somebody else's.
    call(&ben, "delivered", json!([[1, 2]])).await;
    assert_eq!(titles(ann.get("/notification").await).await, ["one", "two"]);
    call(&ann, "delivered", json!([[1]])).await;
    assert_eq!(titles(ann.get("/notification").await).await, ["two"]);
}

#[tokio::test]
async fn o_15_every_page_that_is_open_shows_it_whichever_acknowledges_it_first() {
    let database = database().await;
    let ann = enter(&database, "ann").await;
    call(&ann, "notify", json!({"to": "ann", "title": "one"})).await;
    call(&ann, "delivered", json!([[1]])).await;
    let (held, late) = (ann.get("/notification?seen=1"), async {
        call(&ann, "notify", json!({"to": "ann", "title": "two"})).await;
        call(&ann, "delivered", json!([[2]])).await;
    });
    let (held, ()) = tokio::join!(held, late);
    assert_eq!(titles(held).await, ["two"], "a page that waits");
    // One that acknowledges something else just now.
    assert_eq!(titles(ann.get("/notification?seen=1").await).await, ["two"]);
}

#[tokio::test]
async fn o_18_the_script_of_web_longpolling_polls_the_same_handler() {
    let database = database().await;
    let ann = enter(&database, "ann").await;
    call(&ann, "notify", json!({"to": "ann", "title": "one"})).await;
    let poll = "/openerplongpolling/notification?data=%7B%7D&_=1375884902386";
    assert_eq!(titles(ann.get(poll).await).await, ["one"]);
    let sid = ann.get(format!("{poll}&session_id=another")).await;
    assert_eq!(sid.status, 401, "the session has another entry");
}

#[tokio::test]
async fn o_05_strangers_are_nobody() {
    let app = TestApp::new(messenger::serve(App::from_linked(), database().await)).unwrap();
    for path in
        ["/notification", "/comet/events?channel=messages/ann", "/comet/events?channel=present"]
    {
        assert_eq!(app.get(path).await.status, 401, "{path}");
    }
    assert_eq!(app.call("send", &json!(["ann", "hello"])).await.status, 401);
    assert!(app.get("/messenger").await.text().await.contains("Your name"));
    let ann = enter(&database().await, "ann").await;
    assert_eq!(ann.get("/comet/events?channel=messages/ben").await.status, 403);
}

#[tokio::test]
async fn o_17_a_message_is_on_all_pages_of_both() {
    let database = database().await;
    let (cat, dan) = (enter(&database, "cat").await, enter(&database, "dan").await);
    let own = "/comet/events?channel=messages/";
    let mut pages = [
        cat.get(format!("{own}cat")).await,
        cat.get(format!("{own}cat")).await,
        dan.get(format!("{own}dan")).await,
    ];
    call(&cat, "send", json!(["dan", "hello <b>"])).await;
    for page in &mut pages {
        let said = loop {
            let message = page.next().await.unwrap();
            if message.event == "message" {
                break message.data;
            }
        };
        assert_eq!((&said["from"], &said["text"]), (&json!("cat"), &json!("hello <b>")));
    }
}

#[tokio::test]
async fn o_13_readers_see_what_others_commit_and_change_nothing() {
    let database = database().await;
    let count = |readers: Readers| async move {
        readers
            .read(|d| {
                d.query_row("SELECT count(*) FROM notification", (), |row| row.get::<_, i64>(0))
            })
            .await
    };
    let ann = enter(&database, "ann").await;
    for expected in 0..2_i64 {
        assert_eq!(count(database.readers.clone()).await.unwrap(), expected);
        call(&ann, "notify", json!({"to": "ann", "title": "one more"})).await;
    }
    for forbidden in ["DELETE FROM notification", "CREATE TABLE own (a)", "PRAGMA user_version = 7"]
    {
        let written = database.readers.read(move |d| d.execute_batch(forbidden)).await;
        let refused = written.unwrap_err().to_string();
        assert!(refused.contains("readonly"), "{forbidden}: {refused}");
    }
    assert_eq!(count(database.readers.clone()).await.unwrap(), 2);
}

#[tokio::test]
async fn o_13_no_more_read_at_once_than_the_budget_allows() {
    let readers = database().await.readers;
    let (open, gate) = std::sync::mpsc::channel::<()>();
    let gate = std::sync::Arc::new(std::sync::Mutex::new(gate));
    let reading = || {
        let (readers, gate) = (readers.clone(), gate.clone());
        tokio::spawn(async move {
            let read = readers.read(move |_| Ok(gate.lock().unwrap().recv().is_ok()));
            read.await.unwrap()
        })
    };
    let (one, two) = (reading(), reading());
    while format!("{readers:?}") != "Readers { free: 0 }" {
        tokio::task::yield_now().await;
    }
    let third = readers.read(|_| Ok(()));
    let waited = tokio::time::timeout(Duration::from_millis(30), third).await;
    assert!(waited.is_err(), "both are taken");
    open.send(()).unwrap();
    open.send(()).unwrap();
    assert!(one.await.unwrap() && two.await.unwrap());
    readers.read(|_| Ok(())).await.unwrap();
}
