//! Channels for readers and publishers in other processes.

use comet::{Error, StatusCode, User, channel};
use serde::Serialize;

#[channel("notes/{list}", list: String, history = 100, on_gap = replay, public)]
#[derive(Serialize)]
pub(crate) struct Note(String);

/// Keeps too little for anybody who is away.
#[channel("brief", history = 2, on_gap = reload, public)]
#[derive(Serialize)]
pub(crate) struct Brief(String);

#[channel("mail/{user}", user: String, access = own)]
#[derive(Serialize)]
pub(crate) struct Mail(String);

async fn own(owner: String, user: User) -> Result<(), Error> {
    if user.id() == owner {
        return Ok(());
    }
    Err(Error::new(StatusCode::FORBIDDEN, "this is somebody else's mail"))
}
