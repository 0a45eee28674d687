//! Messages between people: to somebody who is there, or who comes later.

use std::time::{SystemTime, UNIX_EPOCH};

use comet::{User, channel, comet};
use layout::{Slug, Text};
use serde::{Deserialize, Serialize};

use crate::people::{name, own};

/// What was said to somebody, or by them: every page that they have open hears it, and one that is
/// opened later what came last.
#[channel("messages/{person}", person: Slug, history = 100, on_gap = replay, access = own)]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Message {
    from: Slug,
    to: Slug,
    text: Text<500>,
    /// When, in ms since 1970.
    at: u64,
}

/// Who is there: everybody who has the page open, however many times. Nothing is published.
#[channel("present", presence = "5s", access = known)]
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Present;

/// Everybody with a name may see who is there.
async fn known(_: User) -> comet::Result {
    Ok(())
}

/// Says something to somebody. Who says it hears it as well, on all their pages.
#[comet]
async fn send(to: Slug, text: Text<500>, user: User) -> comet::Result {
    let from = name(&user)?;
    let message = Message { from: from.clone(), to: to.clone(), text, at: now() };
    if from != to {
        Message::channel(from).publish(&message).await?;
    }
    Message::channel(to).publish(&message).await?;
    Ok(())
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_millis().try_into().unwrap_or(u64::MAX)
}
