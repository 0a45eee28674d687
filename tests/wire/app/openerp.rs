//! What the script of web_longpolling polls.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use comet::compat::openerp::{LongPolling, Session, TimedOut};
use comet::{App, Error, Html, Json, StatusCode, Timeout, User, longpoll};
use http::request::Parts;
use serde::{Deserialize, Serialize};

use crate::Guard;

/// One session, with one entry.
pub(crate) fn user(parts: &Parts) -> Option<User> {
    let session = Session::of(parts)?;
    (session.sid() == "9f31" && session.session_id() == Some("4b1c")).then(|| User::new("ann"))
}

/// Two routes of one function.
#[longpoll("/op/main")]
#[longpoll("/op/other")]
async fn op_main(toto: Option<String>, user: User) -> Json<(String, Option<String>)> {
    Json((user.id().to_owned(), toto))
}

#[derive(Debug, Serialize, Deserialize)]
struct Filter {
    ids: Vec<u64>,
}

/// Variables of the route, and arguments of a client that would like to change them.
#[longpoll("/op/var/{name}/{id}?{after}", public)]
async fn op_var(
    name: String,
    id: u32,
    after: Option<u32>,
    filter: Option<Filter>,
) -> Json<(String, u32, Option<u32>, Option<Filter>)> {
    Json((name, id, after, filter))
}

#[longpoll("/op/html", public)]
async fn op_html() -> Html {
    Html::trusted("<p>hé</p>")
}

#[longpoll("/op/string", public)]
async fn op_string() -> Json<&'static str> {
    Json("yeah")
}

#[longpoll("/op/none", public)]
async fn op_none() {}

#[longpoll("/op/taken", public)]
async fn op_taken() -> comet::Result {
    Err(Error::new(StatusCode::CONFLICT, "it is \"taken\""))
}

#[longpoll("/op/fail", public)]
async fn op_fail() -> comet::Result {
    Err(std::io::Error::other("/var/secrets cannot be opened"))?
}

/// The author has written the prefix, which is there all the same.
#[longpoll("/openerplongpolling/op/whole", public)]
async fn op_whole() -> Json<&'static str> {
    Json("whole")
}

#[longpoll("/op/posted", method = POST, public)]
async fn op_posted() -> Json<&'static str> {
    Json("posted")
}

#[longpoll("/op/idle", timeout = "150ms", public)]
async fn op_idle() {
    std::future::pending::<()>().await;
}

#[longpoll("/op/beat", timeout = "150ms", on_timeout = beat, public)]
async fn op_beat() {
    std::future::pending::<()>().await;
}

async fn beat() -> Json<&'static str> {
    Json("beat")
}

#[longpoll("/op/left", public)]
async fn op_left(timeout: Timeout) -> Json<u64> {
    Json(timeout.left().as_secs_f64().round() as u64)
}

#[longpoll("/op/left/own", timeout = "30s", public)]
async fn op_left_own(timeout: Timeout) -> Json<u64> {
    Json(timeout.left().as_secs_f64().round() as u64)
}

/// Held until its client leaves.
#[longpoll("/op/stay", public)]
async fn op_stay() {
    let _guard = Guard("op_stay");
    println!("op_stay is held");
    std::future::pending::<()>().await;
}

/// What `op_block` waits for.
static FREED: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());

/// Blocks the thread that it runs on until another request frees it, and a little longer.
#[longpoll("/op/block", public)]
async fn op_block() -> Json<&'static str> {
    println!("op_block blocks");
    let (freed, changed) = &FREED;
    let freed = freed.lock().unwrap_or_else(PoisonError::into_inner);
    drop(changed.wait_while(freed, |freed| !*freed));
    std::thread::sleep(Duration::from_millis(260));
    Json("blocked")
}

#[longpoll("/op/free", public)]
async fn op_free() {
    let (freed, changed) = &FREED;
    *freed.lock().unwrap_or_else(PoisonError::into_inner) = true;
    changed.notify_all();
}

/// The app with the module's own prefix, where errors come at once, and with others.
pub(crate) fn mounted(app: App) -> App {
    app.adapt(LongPolling::new().error_delay(Duration::ZERO))
        .adapt(LongPolling::at("/op408").timed_out(TimedOut::RequestTimeout))
        .adapt(LongPolling::at("/op200").timed_out(TimedOut::Empty))
}
