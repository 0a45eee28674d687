//! Handlers that reply once.

use comet::{Error, Html, Json, StatusCode, User, comet, longpoll};

use crate::Guard;

#[comet(public)]
async fn add(a: u8, b: u8) -> Json<u16> {
    Json(u16::from(a) + u16::from(b))
}

#[comet(public)]
async fn register(name: String, age: Option<u8>, tags: Option<Vec<String>>) -> String {
    format!("{name} {age:?} {tags:?}")
}

#[comet(route = "/hello/{name}", public)]
async fn hello(name: &str) -> String {
    format!("Hello, {name}!")
}

#[comet(route = "/page", public)]
async fn page() -> Html {
    Html::trusted("<p>hi</p>")
}

#[comet(route = "/nothing", public)]
async fn nothing() {}

#[comet(route = "/made", method = POST, public)]
async fn made() -> (StatusCode, Json<u8>) {
    (StatusCode::CREATED, Json(7))
}

#[comet(route = "/gone", public)]
async fn gone() -> comet::Result<Json<u8>> {
    Err(Error::new(StatusCode::NOT_FOUND, "there is no task 7"))
}

#[comet(route = "/users/{id}", public)]
async fn user(id: u32) -> String {
    format!("user {id}")
}

#[comet(route = "/users/me")]
async fn me(user: User) -> String {
    format!("me, {}", user.id())
}

#[longpoll(route = "/poll", timeout = "200ms", public)]
async fn poll() {
    std::future::pending::<()>().await;
}

#[longpoll(route = "/poll/long", timeout = "1h", public)]
async fn poll_long() {
    let _guard = Guard("poll");
    println!("polling");
    std::future::pending::<()>().await;
}

#[comet(public)]
async fn panics() -> Json<u8> {
    panic!("as asked for")
}
