//! A channel of bytes: images for `<img>`, text for everybody else.

use axum_core::response::Response;
use bytes::Bytes;
use http::StatusCode;
use http_body_util::BodyExt;

use super::super::{Tested, field, piece};
use super::{at, channels, node, polled};
use crate::channel::tests::{declaration, leak};
use crate::channel::{Declaration, Node, hub};
use crate::log::EventName;

/// An app with a channel of images and one of JSON.
fn camera(group: &'static str, history: Option<usize>) -> (Tested, std::sync::Arc<Node>) {
    let media = Some("image/png");
    let camera = leak(Declaration { media, history, ..declaration(group, "camera/{id}") });
    let other = leak(declaration(group, "other"));
    (channels([camera, other]), node("camera/1", camera))
}

/// A frame has whatever bytes it has.
fn show(node: &Node, image: &'static [u8]) {
    node.log.append(EventName::MESSAGE, Bytes::from_static(image)).unwrap();
}

async fn watch(app: &Tested, query: &str) -> Response {
    app.get(&format!("/comet/events?channel=camera/1&transport=multipart{query}")).await
}

/// The next piece as bytes.
async fn bytes(stream: &mut Response) -> Option<Bytes> {
    Some(stream.body_mut().frame().await?.unwrap().into_data().unwrap())
}

/// What stands between the images of a response.
fn delimiter(stream: &Response) -> String {
    let boundary =
        field(stream, "content-type").strip_prefix("multipart/x-mixed-replace; boundary=");
    format!("\r\n--{}\r\nContent-Type: image/png\r\n\r\n", boundary.unwrap())
}

#[tokio::test(start_paused = true)]
async fn an_image_and_the_header_of_the_next_one() {
    let (app, node) = camera("images-bytes", None);
    let mut stream = watch(&app, "").await;
    let next = delimiter(&stream);
    for (name, value) in [
        ("cache-control", "no-store, no-transform"),
        ("x-accel-buffering", "no"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
    ] {
        assert_eq!(field(&stream, name), value);
    }
    assert_eq!(bytes(&mut stream).await.unwrap(), &next[2..], "nothing else, and at once");
    show(&node, b"\n\r\0\xff");
    assert_eq!(bytes(&mut stream).await.unwrap(), &b"\n\r\0\xff"[..], "no byte is another");
    assert_eq!(bytes(&mut stream).await.unwrap(), &next);
}

#[tokio::test(start_paused = true)]
async fn t2_no_two_responses_have_one_boundary_so_no_payload_can_know_it() {
    let (app, _) = camera("images-boundary", None);
    let (one, other) = (delimiter(&watch(&app, "").await), delimiter(&watch(&app, "").await));
    assert_ne!(one, other);
    assert_eq!(one.len(), "\r\n--\r\nContent-Type: image/png\r\n\r\n".len() + 128 / 4);
}

#[tokio::test(start_paused = true)]
async fn the_newest_image_stands_at_once_and_again_instead_of_a_beat() {
    let (app, node) = camera("images-newest", Some(8));
    show(&node, b"old");
    show(&node, b"new");
    let mut stream = watch(&app, "").await;
    let next = delimiter(&stream);
    assert_eq!(bytes(&mut stream).await.unwrap(), &format!("{}new{next}", &next[2..]));
    let since = tokio::time::Instant::now();
    assert_eq!(bytes(&mut stream).await.unwrap(), "new");
    assert_eq!(since.elapsed().as_secs(), 15);
    assert_eq!(bytes(&mut stream).await.unwrap(), &next);
}

#[tokio::test(start_paused = true)]
async fn before_the_first_image_there_is_nothing_to_say() {
    let (app, node) = camera("images-none", None);
    let mut stream = watch(&app, "").await;
    bytes(&mut stream).await.unwrap();
    let waiting = tokio::time::timeout(std::time::Duration::from_secs(60), bytes(&mut stream));
    assert!(waiting.await.is_err());
    show(&node, b"first");
    assert_eq!(bytes(&mut stream).await.unwrap(), "first");
}

#[tokio::test(start_paused = true)]
async fn who_is_slow_gets_the_newest_image_and_no_word_of_the_others() {
    let (app, node) = camera("images-slow", Some(3));
    let mut stream = watch(&app, "").await;
    let next = delimiter(&stream);
    bytes(&mut stream).await.unwrap();
    for _ in 0..300 {
        show(&node, b"old");
    }
    show(&node, b"new");
    assert_eq!(bytes(&mut stream).await.unwrap(), "new");
    assert_eq!(bytes(&mut stream).await.unwrap(), &next);
    // Neither a closed channel nor a server that goes has a word that is no image.
    show(&node, b"last");
    hub().close(&node);
    assert_eq!(bytes(&mut stream).await.unwrap(), "last");
    assert_eq!(bytes(&mut stream).await.unwrap(), &next);
    assert_eq!(bytes(&mut stream).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_goes_leaves_the_newest_image() {
    let (app, node) = camera("images-drain", None);
    let mut stream = watch(&app, "").await;
    let next = delimiter(&stream);
    bytes(&mut stream).await.unwrap();
    show(&node, b"last");
    app.drain.begin();
    assert_eq!(bytes(&mut stream).await.unwrap(), &format!("last{next}"));
    assert_eq!(bytes(&mut stream).await, None);
}

#[tokio::test(start_paused = true)]
async fn other_transports_get_a_url_of_the_bytes() {
    let (app, node) = camera("images-json", None);
    let query = "channel=camera/1&channel=other";
    let mut lines = app.lines("/comet/events?channel=camera/1", None).await;
    let mut both = app.get(&format!("/comet/events?{query}&transport=multipart")).await;
    piece(&mut lines).await.unwrap();
    piece(&mut both).await.unwrap();
    show(&node, b"\x89PNG\r\n");
    let data = r#""channel":"camera/1","event":"message","data":"data:image/png;base64,iVBORw0K"}"#;
    let line = piece(&mut lines).await.unwrap();
    assert_eq!(line, format!("{{\"id\":\"{}\",{data}\n", at(&node, 1)));
    let part = piece(&mut both).await.unwrap();
    assert!(part.contains(data) && part.ends_with("Content-Type: application/json\r\n\r\n"));
    let polled = polled(&app, &format!("channel=camera/1&cursor={}", at(&node, 0))).await;
    assert_eq!(polled["events"][0]["data"], "data:image/png;base64,iVBORw0K");
}

#[tokio::test(start_paused = true)]
async fn a_picture_of_nothing_is_an_error_with_a_status() {
    let (app, _) = camera("images-errors", None);
    let missing = app.get("/comet/events?channel=nowhere&transport=multipart").await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    assert_eq!(field(&missing, "content-type"), "application/problem+json");
}
