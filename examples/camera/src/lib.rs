//! A live picture: PNG frames that are drawn here and pushed into an `<img>`, without a script in the page.

mod canvas;
mod page;
mod sky;

pub use page::LESSON;

use std::time::Duration;

use comet::{Json, channel, comet};
use tokio::time::{Instant, MissedTickBehavior, interval};

/// What the camera sees. Only the newest picture matters: whoever comes gets it, and nobody gets an older one.
#[channel("camera", content_type = "image/png", history = 1, on_gap = ignore, public)]
#[derive(Debug)]
pub struct Frame(Vec<u8>);

impl AsRef<[u8]> for Frame {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Draws five pictures a second for as long as somebody watches, and none while nobody does.
pub async fn film() -> comet::Result {
    let (camera, begin) = (Frame::channel(), Instant::now());
    let mut shutter = interval(Duration::from_millis(200));
    shutter.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        shutter.tick().await;
        if camera.count() > 0 {
            let picture = sky::at(begin.elapsed()).png()?;
            camera.publish(&Frame(picture)).await?;
        }
    }
}

/// How many watch.
#[comet("/camera/watching", public)]
pub async fn watching() -> Json<usize> {
    Json(Frame::channel().count())
}
