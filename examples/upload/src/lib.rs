//! A file goes up by one request, and how far it is comes down by a channel, to everybody who has its name.

mod page;

pub use page::LESSON;

use std::time::Duration;

use axum_core::body::Body;
use comet::{Error, Json, StatusCode, channel, comet};
use http_body_util::BodyExt;
use layout::Slug;
use serde::{Deserialize, Serialize};
use tokio::time::sleep;

/// How far an upload is. Only the newest counts: whoever comes gets it first.
#[channel("uploads/{id}", id: Slug, history = 1, on_gap = ignore, public)]
#[derive(Debug, Serialize, Deserialize)]
pub struct Progress {
    /// Bytes.
    received: u64,
    /// Bytes of the whole file, as the browser says.
    size: u64,
}

/// What a piece of a file takes on a line that is slow for a lesson's sake.
const SLOW: Duration = Duration::from_millis(25);

/// Takes a file piece by piece, keeps nothing of it, and tells of every percent.
#[comet("/uploads/{id}?{size}&{slow}", method = POST, body_limit = "64MiB", public)]
pub async fn receive(
    id: Slug,
    size: u64,
    slow: Option<bool>,
    mut body: Body,
) -> comet::Result<Json<u64>> {
    let channel = Progress::channel(&id);
    let (mut received, mut told) = (0, None);
    channel.publish(&Progress { received, size }).await?;
    while let Some(frame) = body.frame().await {
        let cut = |error| {
            Error::new(StatusCode::BAD_REQUEST, "the file did not arrive whole").with_source(error)
        };
        let Ok(piece) = frame.map_err(cut)?.into_data() else { continue };
        received += piece.len() as u64;
        let percent = received * 100 / size.max(1);
        if told.replace(percent) != Some(percent) {
            channel.publish(&Progress { received, size }).await?;
        }
        if slow == Some(true) {
            sleep(SLOW).await;
        }
    }
    Ok(Json(received))
}
