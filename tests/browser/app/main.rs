//! The program that the browser tests of the client talk to: rooms that anybody may follow, desks for who has signed in.

mod boards;
mod lives;

use comet::{App, Html, Json, User, channel, comet};
use http::request::Parts;

#[channel("rooms/{room}", room: String, history = 1000, on_gap = replay, public)]
#[derive(Debug, serde::Serialize)]
struct Said(u64);

#[channel("desks/{desk}", desk: u64, history = 1000, on_gap = replay, access = signed_in)]
#[derive(Debug, serde::Serialize)]
struct Note(u64);

async fn signed_in(_desk: u64, _user: User) -> comet::Result {
    Ok(())
}

/// Says the numbers from one to another.
#[comet(public)]
async fn say(room: String, from: u64, to: u64) -> comet::Result {
    for number in from..=to {
        Said::channel(room.as_str()).publish(&Said(number)).await?;
    }
    Ok(())
}

#[comet(public)]
async fn note(desk: u64, number: u64) -> comet::Result {
    Note::channel(desk).publish(&Note(number)).await?;
    Ok(())
}

/// How many connections follow a room and a desk.
#[comet(public)]
async fn readers(room: String, desk: u64) -> Json<[usize; 2]> {
    Json([Said::channel(room.as_str()).count(), Note::channel(desk).count()])
}

/// Signs in by a cookie, without a password.
fn user(parts: &Parts) -> Option<User> {
    let cookies = parts.headers.get(http::header::COOKIE)?.to_str().ok()?;
    let name = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("user="))?;
    Some(User::new(name))
}

/// A page with nothing but the client, under the strictest policy.
#[comet(route = "/", public)]
async fn page() -> Html {
    Html::trusted(
        "<!doctype html><title>Comet</title><link rel=icon href=data:>\
         <meta http-equiv=Content-Security-Policy content=\"script-src 'nonce-n' 'strict-dynamic'; \
         require-trusted-types-for 'script'; trusted-types comet\">\
         <script type=module nonce=n src=/comet/comet.js></script>\
         <script type=module nonce=n>\
         import { comet } from '/comet/comet.js'; \
         window.comet = comet; \
         window.heard = []; \
         window.gaps = []; \
         window.follow = (channel, options) => comet.subscribe(channel, (data) => { heard.push(data); }, \
         { onGap: (gap) => { gaps.push(gap.reason); }, ...options });\
         </script><p id=t></p>",
    )
}

#[tokio::main]
async fn main() -> comet::Result {
    App::from_linked().state(boards::Boards::here()).authenticate(user).run().await
}
