//! A channel's name is read by its pattern and types, and its `access` function decides.

use comet::test::TestApp;
use comet::{App, Cookies, Error, StatusCode, User, channel};
use http::request::Parts;

#[channel("rooms/{room}/{seat}", room: String, seat: u8, access = may_enter)]
#[derive(serde::Serialize)]
struct Said(&'static str);

async fn may_enter(room: String, seat: u8, cookies: Cookies) -> comet::Result {
    match cookies.get("key") {
        Some(key) if key == format!("{room}-{seat}") => Ok(()),
        _ => Err(Error::new(StatusCode::FORBIDDEN, format!("no key to {room}, seat {seat}"))),
    }
}

#[channel("open/{n}", n: u8, public)]
#[derive(serde::Serialize)]
struct Open;

fn anybody(_: &Parts) -> Option<User> {
    Some(User::new("somebody"))
}

async fn follow(channel: &str, key: &str) -> (StatusCode, String) {
    let app = TestApp::new(App::from_linked().authenticate(anybody)).unwrap();
    let app = app.header("cookie", &format!("key={key}"));
    let url = format!("/comet/events?transport=longpoll&channel={channel}");
    let mut reply = app.get(&url).await;
    let status = reply.status;
    (status, reply.text().await)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (status, text) = follow("rooms/blue/7", "blue-8").await;
    assert_eq!(status, 403, "{text}");
    assert!(text.contains("no key to blue, seat 7"), "{text}");
    let (status, text) = follow("rooms/blue/7", "blue-7").await;
    assert_eq!(status, 200, "{text}");
    let (status, text) = follow("rooms/blue/300", "blue-7").await;
    assert_eq!(status, 400, "{text}");
    assert!(text.contains("`seat`"), "{text}");
    assert_eq!(follow("open/1", "").await.0, 200);
    assert_eq!(follow("open/x", "").await.0, 400);
    assert_eq!(follow("rooms", "").await.0, 404);
}
