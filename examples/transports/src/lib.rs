//! One channel over every transport, side by side.

mod page;

pub use page::LESSON;

use comet::{channel, comet};
use layout::Slug;
use serde::Serialize;

/// What every transport carries. None of them has code of its own: the reader chooses.
#[channel("pulses", history = 64, on_gap = replay, public)]
#[derive(Debug, Serialize)]
pub struct Pulse {
    /// The page that sent it, by a name that it made up,
    pub page: Slug,
    /// and when, by that page's own clock.
    pub sent: f64,
}

/// Sends a pulse to everybody.
#[comet("/pulses", method = POST, public)]
pub async fn pulse(page: Slug, sent: f64) -> comet::Result {
    Pulse::channel().publish(&Pulse { page, sent }).await?;
    Ok(())
}
