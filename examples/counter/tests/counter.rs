//! One click, and who hears of it.
#![allow(clippy::unwrap_used)]

use std::pin::pin;

use comet::App;
use comet::test::{Reply, TestApp};
use counter::Counter;
use serde_json::{Value, json};

async fn click(app: &TestApp) {
    assert_eq!(app.call("click", &json!([])).await.status, 204);
}

/// What the next commands for the page put there.
async fn shown(stream: &mut Reply) -> Value {
    loop {
        let message = stream.next().await.unwrap();
        if message.event == "page" {
            return message.data[0]["text"].clone();
        }
    }
}

#[tokio::test]
async fn a_click_answers_who_waits_and_moves_the_frame_and_no_click_is_left_out() {
    let app = TestApp::new(App::from_linked().state(Counter::default())).unwrap();
    let first: Value = app.get("/clicks").await.json().await.unwrap();
    assert_eq!(first["clicks"], 0);
    let mut frame = app.call("stream_clicks", &json!({})).await;
    assert_eq!(shown(&mut frame).await, "0");

    let next = format!("/clicks?after={}", first["after"].as_str().unwrap());
    let mut waiting = pin!(app.get(&next));
    tokio::select! {
        biased;
        _ = &mut waiting => panic!("answered before anybody clicked"),
        () = click(&app) => {}
    }
    assert_eq!(waiting.await.json::<Value>().await.unwrap()["clicks"], 1);
    assert_eq!(shown(&mut frame).await, "1");

    click(&app).await; // between two polls
    let again: Value = app.get(&next).await.json().await.unwrap();
    assert_eq!(again["clicks"], 1, "asking twice gives the same");
    let next = format!("/clicks?after={}", again["after"].as_str().unwrap());
    assert_eq!(app.get(&next).await.json::<Value>().await.unwrap()["clicks"], 2);
}
