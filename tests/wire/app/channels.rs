//! Channels, and handlers that publish on them.

use comet::{Json, User, channel, comet};
use serde::Serialize;

/// Anybody's.
#[channel("news/{room}", room: String, history = 1024, on_gap = replay, public)]
#[derive(Debug, Serialize)]
pub(crate) struct News(String);

/// Those of their owner.
#[channel("letters/{owner}", owner: String, history = 16, on_gap = replay, access = only_mine)]
#[derive(Debug, Serialize)]
pub(crate) struct Letter(String);

async fn only_mine(owner: String, user: User) -> comet::Result {
    if owner == user.id() {
        Ok(())
    } else {
        Err(comet::Error::new(comet::StatusCode::FORBIDDEN, "not yours"))
    }
}

/// Publishes so many texts of such a size, each beginning with its offset.
#[comet(route = "/pour/{room}?{count}&{size}", method = POST, public)]
async fn pour(room: String, count: u64, size: usize) -> comet::Result<Json<u64>> {
    let news = News::channel(room);
    let mut newest = news.newest();
    for _ in 0..count {
        let number = (newest + 1).to_string();
        let rest = "x".repeat(size.saturating_sub(number.len() + 1));
        newest = news.publish(&News(format!("{number} {rest}"))).await?;
    }
    Ok(Json(newest))
}
