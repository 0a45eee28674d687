//! A room that the server's own timer and any other program push into.

use std::time::Duration;

use comet::{Json, channel, comet};
use layout::Text;
use serde::{Deserialize, Serialize};
use tokio::time::{MissedTickBehavior, interval};

/// A notice, the newest twenty of which are kept for those who come later.
#[channel("notices", history = 20, on_gap = replay, public)]
#[derive(Debug, Serialize, Deserialize)]
pub struct Notice {
    from: Text<30>,
    text: Text<200>,
}

/// Puts up a notice and says how many read it now. Any program can ask for it.
#[comet("/notices", method = POST, public)]
pub async fn put_up(from: Text<30>, text: Text<200>) -> comet::Result<Json<usize>> {
    let room = Notice::channel();
    room.publish(&Notice { from, text }).await?;
    Ok(Json(room.count()))
}

/// The timer: a notice every ten seconds, while anybody is there to read it.
pub async fn strike() -> comet::Result {
    let room = Notice::channel();
    let mut clock = interval(Duration::from_secs(10));
    clock.set_missed_tick_behavior(MissedTickBehavior::Skip);
    for strike in 1_u64.. {
        clock.tick().await;
        if room.count() > 0 {
            let from = Text::try_from("The clock".to_owned())?;
            let text = Text::try_from(format!("Strike {strike}"))?;
            room.publish(&Notice { from, text }).await?;
        }
    }
    Ok(())
}
