//! Rooms where people talk: what one says, all in the room hear, and who comes later what was said last.

mod page;

pub use page::LESSON;

use comet::{Cursor, Json, Subscription, channel, comet, longpoll};
use layout::{Slug, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is said in a room, kept for an hour for those who come later. Who is there is counted.
#[channel(
    "rooms/{room}",
    room: Slug,
    history = 50,
    max_age = "1h",
    on_gap = replay,
    presence = "2s",
    public
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Said {
    name: Text<30>,
    text: Text<500>,
}

/// Says something to everybody in a room.
#[comet("/rooms/{room}", method = POST, public)]
pub async fn say(room: Slug, name: Text<30>, text: Text<500>) -> comet::Result {
    Said::channel(room).publish(&Said { name, text }).await?;
    Ok(())
}

/// How many are in a room.
#[comet("/rooms/{room}/here", public)]
pub async fn here(room: Slug) -> Json<usize> {
    Json(Said::channel(room).presence().count())
}

/// Answers only when somebody else says something: what `me` says does not end the wait.
#[longpoll("/rooms/{room}/others?{me}&{after}", public)]
pub async fn others(
    room: Slug,
    me: Text<30>,
    after: Option<Cursor>,
    said: Subscription<Said>,
) -> comet::Result<Json<Heard>> {
    if after.is_none() {
        return Ok(Json(Heard { room, said: None, after: said.cursor() }));
    }
    let mut said = said.after(after);
    loop {
        let message = said.next().await?;
        let after = message.cursor.to_string();
        match message.value()? {
            own if own.name == me => {}
            other => return Ok(Json(Heard { room, said: Some(other), after })),
        }
    }
}

/// What somebody else has said, and what to ask with for the next.
#[derive(Debug, Serialize, TS)]
pub struct Heard {
    room: Slug,
    said: Option<Said>,
    after: String,
}

comet::typescript!("static/chat-api.js", client = "./comet/comet.js", crates = ["chat"]);
