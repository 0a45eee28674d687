//! The program that the wire tests talk to: a handler for each shape, and one for each thing that can go wrong.

#![allow(clippy::panic, reason = "some handlers are there to panic")]

mod callbacks;
mod channels;
mod grizzly;
mod notes;
mod once;
mod openerp;
mod pages;
mod roots;
mod sijax;
mod streams;

use comet::{App, User};
use http::request::Parts;

/// Says on standard output when it is dropped, as the locals of a handler are.
struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

fn user(parts: &Parts) -> Option<User> {
    match parts.headers.get("x-user") {
        Some(name) => name.to_str().ok().map(User::new),
        None => openerp::user(parts),
    }
}

#[tokio::main]
async fn main() -> comet::Result {
    let app = App::from_linked().state(streams::Gate::default()).state(streams::Flood::default());
    let mut app = sijax::mounted(app);
    app = grizzly::mounted(roots::mounted(openerp::mounted(app)));
    if std::env::var_os("WIRE_CSRF").is_some() {
        app = app.csrf();
    }
    // Left out, the app's own checks find it.
    match std::env::var_os("WIRE_WITHOUT_USERS") {
        None => app.authenticate(user).run().await,
        Some(_) => app.run().await,
    }
}
