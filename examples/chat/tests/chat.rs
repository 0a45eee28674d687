//! Who hears what, and who is answered.
#![allow(clippy::unwrap_used)]

use std::pin::pin;

use chat::Said;
use comet::App;
use comet::test::{Message, Reply, TestApp};
use layout::Slug;
use serde_json::{Value, json};

fn app() -> TestApp {
    TestApp::new(App::from_linked()).unwrap()
}

async fn say(app: &TestApp, room: &str, name: &str, text: &str) -> (u16, String) {
    let mut reply = app.call("say", &json!([room, name, text])).await;
    (reply.status.as_u16(), reply.text().await)
}

async fn follow(app: &TestApp, room: &str) -> Reply {
    app.get(format!("/comet/events?channel=rooms/{room}&history=50")).await
}

async fn next(reply: &mut Reply, event: &str) -> Message {
    loop {
        let message = reply.next().await.unwrap();
        if message.event == event {
            return message;
        }
    }
}

#[tokio::test]
async fn all_in_the_room_hear_it_also_those_who_come_later() {
    let app = app();
    let mut early = follow(&app, "early").await;
    say(&app, "early", " Ada ", "<b>Good morning!</b>").await;
    let mut late = follow(&app, "early").await;
    for listener in [&mut early, &mut late] {
        let said = next(listener, "message").await.data;
        assert_eq!(said, json!({"name": "Ada", "text": "<b>Good morning!</b>"}));
    }
    let mut elsewhere = follow(&app, "elsewhere").await;
    say(&app, "elsewhere", "Ben", "Only here").await;
    assert_eq!(next(&mut elsewhere, "message").await.data["name"], "Ben");
}

#[tokio::test]
async fn a_request_waits_until_somebody_else_says_something() {
    let app = app();
    let first: Value = app.get("/rooms/others/others?me=Ada").await.json().await.unwrap();
    assert_eq!(first["said"], Value::Null);
    let next = format!("/rooms/others/others?me=Ada&after={}", first["after"].as_str().unwrap());
    let mut waiting = pin!(app.get(&next));
    tokio::select! {
        biased;
        _ = &mut waiting => panic!("answered to silence"),
        _ = say(&app, "others", "Ada", "Is anybody here?") => {}
    }
    tokio::select! {
        biased;
        _ = &mut waiting => panic!("answered to what Ada herself has said"),
        _ = say(&app, "others", "Ben", "I am.") => {}
    }
    let heard: Value = waiting.await.json().await.unwrap();
    assert_eq!(heard["said"], json!({"name": "Ben", "text": "I am."}));
    let again: Value = app.get(&next).await.json().await.unwrap();
    assert_eq!(again, heard, "a reply that was lost is given again");
}

#[tokio::test(start_paused = true)]
async fn who_is_there_is_told() {
    let app = app();
    let room = Said::channel("presence".parse::<Slug>().unwrap());
    let mut ada = follow(&app, "presence").await;
    assert_eq!(next(&mut ada, "hello").await.data["present"]["rooms/presence"]["count"], 1);
    let ben = follow(&app, "presence").await;
    next(&mut ada, "join").await;
    assert_eq!(app.get("/rooms/presence/here").await.json::<usize>().await, Some(2));
    drop(ben);
    next(&mut ada, "leave").await;
    assert_eq!(room.presence().count(), 1);
}

#[tokio::test]
async fn what_is_too_long_or_empty_is_refused_by_name() {
    let app = app();
    let long = "x".repeat(501);
    for (room, name, text, why) in [
        ("lobby", "Ada", "  ", "`text`"),
        ("lobby", "Ada", long.as_str(), "1 to 500 characters"),
        ("lobby", "", "Hello", "`name`"),
        ("../lobby", "Ada", "Hello", "`room`"),
    ] {
        let (status, detail) = say(&app, room, name, text).await;
        assert!(status == 400 && detail.contains(why), "{status} {detail}");
    }
    assert_eq!(app.get("/comet/events?channel=rooms/LOBBY").await.status, 400);
}
