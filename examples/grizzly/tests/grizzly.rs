//! What the pages are told.
#![allow(clippy::unwrap_used)]

use std::pin::pin;

use comet::App;
use comet::compat::grizzly::ForeverFrame;
use comet::test::{Reply, TestApp};
use serde_json::{Value, json};

fn app() -> TestApp {
    TestApp::new(grizzly::added_to(App::from_linked())).unwrap()
}

/// The next commands for a page, those of one flush.
async fn next(stream: &mut Reply) -> Vec<Value> {
    loop {
        let message = stream.next().await.unwrap();
        if message.event == "page" {
            return serde_json::from_value(message.data).unwrap();
        }
    }
}

/// The next commands that put something into an element.
async fn next_in(stream: &mut Reply, selector: &str) -> String {
    loop {
        let commands = next(stream).await;
        let mut html = commands.iter().filter(|command| command["selector"] == selector);
        if let Some(html) = html.find_map(|command| command["html"].as_str()) {
            return html.to_owned();
        }
    }
}

/// What the page was given as the value of a field.
fn value(commands: &[Value], selector: &str) -> String {
    let field = commands.iter().find(|command| command["selector"] == selector).unwrap();
    field["value"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn g_20_a_held_request_is_answered_with_the_header_and_the_body_of_grizzly() {
    let app = app();
    let mut waiting = pin!(app.get("/long_polling"));
    let mut posted = tokio::select! {
        biased;
        _ = &mut waiting => panic!("answered before anybody clicked"),
        posted = async { app.call("clicker_click", &json!([])).await } => posted,
    };
    for reply in [&mut posted, &mut waiting.await] {
        assert_eq!(
            (reply.status.as_u16(), &reply.headers["x-json"]),
            (200, &"{\"counter\":1 }".parse().unwrap())
        );
        assert_eq!(reply.text().await, "success");
    }
}

#[tokio::test(start_paused = true)]
async fn g_06_g_20_a_held_request_expires_as_if_it_had_been_told() {
    let app = app();
    let since = tokio::time::Instant::now();
    let mut reply = app.get("/long_polling").await;
    assert_eq!(since.elapsed().as_secs(), 150);
    assert_eq!((reply.status.as_u16(), reply.text().await.as_str()), (200, "success"));
    assert_eq!(reply.headers["x-json"], "{\"counter\":0 }");
}

#[tokio::test]
async fn g_20_the_desk_is_the_first_askers_until_it_leaves() {
    let app = app();
    let enter =
        async |name: &str| app.call("hall_enter", &json!({"name": name, "moderate": true})).await;
    let role = |commands: &[Value]| value(commands, "#hall");
    let mut ada = enter("Ada").await;
    let first = next(&mut ada).await;
    assert_eq!(role(&first), "moderates");
    let mut ben = enter("Ben").await;
    assert_eq!(role(&next(&mut ben).await), "listens");
    assert!(next_in(&mut ada, "#desk").await.contains("Ada</strong><br>came in"));
    assert!(next_in(&mut ada, "#desk").await.contains("Ben</strong><br>came in"));
    let ticket = value(&first, "#ticket");
    let said = app.call("hall_say", &json!({"ticket": ticket, "text": "Hi <all>"})).await;
    assert_eq!(said.status, 204);
    assert!(next_in(&mut ben, "#log").await.contains("Ada</strong><br>Hi &lt;all&gt;"));
    drop(ada);
    let cleo = next(&mut enter("Cleo").await).await;
    assert_eq!(role(&cleo), "moderates");
    let gone = app.call("hall_say", &json!({"ticket": ticket, "text": "still me"})).await;
    assert_eq!(gone.status, 403, "a ticket ends with its window");
}

#[tokio::test]
async fn g_12_g_20_following_is_one_more_channel_for_a_reader_that_waits() {
    let app = app();
    let mut ada = app.call("blog_read", &json!({"who": "ada"})).await;
    let mut ben = app.call("blog_read", &json!({"who": "ben"})).await;
    let ada_ticket = value(&next(&mut ada).await, ".ticket");
    let ben_ticket = value(&next(&mut ben).await, ".ticket");
    let post = async |text: &str| {
        app.call("blog_post", &json!({"ticket": ben_ticket, "text": text})).await
    };
    post("before").await;
    let follow = json!({"ticket": ada_ticket, "whom": "ben"});
    let reply = app.call("blog_follow", &follow).await.text().await;
    assert!(reply.contains("before") && reply.contains("follows-ben"), "{reply}");
    post("after").await;
    assert!(next_in(&mut ada, "#timeline").await.contains("ben</strong><br>after"));
    app.call("blog_unfollow", &follow).await;
    post("unheard").await;
    app.call("blog_post", &json!({"ticket": ada_ticket, "text": "own"})).await;
    assert!(next_in(&mut ada, "#timeline").await.contains("ada</strong><br>own"));
}

#[tokio::test]
async fn g_20_a_board_is_followed_from_where_it_was_read() {
    let app = app();
    app.call("words_add", &json!({"text": "Comet", "by": "one"})).await;
    let (live, words): (Value, Vec<Value>) =
        app.call("words_all", &json!({})).await.json().await.unwrap();
    assert_eq!(words[0]["text"], "Comet");
    let drag = async |id: u32| {
        app.call("words_drag", &json!({"id": id, "x": 50, "y": 200, "by": "two"})).await
    };
    assert_eq!(drag(0).await.status, 204);
    assert_eq!(drag(7).await.status, 409);
    let cursor = live["cursor"].as_str().unwrap();
    let mut events = app.get(format!("/comet/events?channel=words&cursor={cursor}")).await;
    let moved = loop {
        let message = events.next().await.unwrap();
        if message.event == "message" {
            break message.data;
        }
    };
    assert_eq!((&moved["x"], &moved["y"], &moved["by"]), (&json!(50), &json!(100), &json!("two")));
}

#[tokio::test]
async fn g_20_a_request_from_elsewhere_and_the_timer_push_into_a_room() {
    let app = app();
    let mut room = app.get("/comet/events?channel=notices&history=5").await;
    let timer = tokio::spawn(grizzly::notices::strike());
    assert_eq!(app.call("put_up", &json!(["The build", "done"])).await.status, 200);
    let mut from = Vec::new();
    while from.len() < 2 {
        let message = room.next().await.unwrap();
        if message.event == "message" {
            from.push(message.data["from"].as_str().unwrap().to_owned());
        }
    }
    timer.abort();
    from.sort();
    assert_eq!(from, ["The build", "The clock"]);
}

#[test]
fn g_20_a_frame_that_cannot_be_is_said_at_the_start() {
    let app = grizzly::added_to(App::from_linked())
        .adapt(ForeverFrame::at("frame", "clicker_stream"))
        .adapt(ForeverFrame::at("/comet/frame", "clicker_stream"))
        .adapt(ForeverFrame::at("/frame?{a}", "clicker_stream"))
        .adapt(ForeverFrame::at("/frame", "clicker_steam"))
        .adapt(ForeverFrame::at("/frame", "clicker_wait"));
    let findings = app.verify().unwrap_err().to_string();
    for wanted in [
        "in `ForeverFrame::at(\"frame\", \"clicker_stream\")`: ",
        "a route starts with `/`",
        "Comet itself has what is below `/comet`",
        "name the path alone: `/frame`",
        "no handler is called `clicker_steam`; did you mean `clicker_stream`?",
        "says nothing to a page; give it an argument `page: &mut Page`",
    ] {
        assert!(findings.contains(wanted), "{wanted}: {findings}");
    }
}
