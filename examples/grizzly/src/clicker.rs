//! The counter that came with Grizzly, by the bytes that its pages know.

use std::sync::{Mutex, PoisonError};

use axum_core::response::{IntoResponse, Response};
use comet::compat::grizzly::ForeverFrame;
use comet::{Delivered, Expiration, Html, Interrupt, Json, Page, Suspended, Then, channel, comet};
use serde::{Deserialize, Serialize};

/// Tells of every click how many there are by then.
#[channel("long_polling", public)]
#[derive(Debug, Serialize, Deserialize)]
pub struct Count(u64);

/// What was a servlet.
#[derive(Debug, Default)]
pub struct Clicker(Mutex<u64>);

#[comet(public)]
impl Clicker {
    /// `GET`: held until the next click, or for 150 s.
    #[longpoll("/long_polling", timeout = "150s")]
    pub async fn wait(&self) -> comet::Result<Response> {
        self.next().await?;
        Ok(self.told())
    }

    /// `POST`: one click more.
    #[comet("/long_polling", method = POST)]
    pub async fn click(&self) -> comet::Result<Response> {
        let told = {
            let mut total = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            *total += 1;
            Count::channel().notify(&Count(*total)) // in order: the lock is held
        };
        told.await?;
        Ok(self.told())
    }

    /// How many wait for the next click.
    #[comet("/long_polling/waiting")]
    pub async fn waiting(&self) -> Json<usize> {
        Json(Count::channel().handlers().len())
    }

    /// A hidden frame whose document comes with the next click, and which is loaded anew then.
    #[longpoll("/hidden_frame", timeout = "150s")]
    pub async fn hidden(&self) -> comet::Result<Html> {
        self.next().await?;
        let total = self.total();
        Ok(Html::trusted(format!(
            "<script type='text/javascript'>parent.counter.updateCount('{total}')</script>\n"
        )))
    }

    /// A hidden frame whose document never ends: see `frame`.
    pub async fn stream(&self, page: &mut Page) -> comet::Result {
        comet::suspend(&mut Frame(page), Count::channel(), Expiration::Never).await?;
        Ok(())
    }

    async fn next(&self) -> comet::Result {
        let mut next: Option<Delivered<Count>> = None; // a handler that takes one event and resumes
        comet::suspend(&mut next, Count::channel(), Expiration::Never).await?;
        Ok(())
    }

    fn total(&self) -> u64 {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn told(&self) -> Response {
        ([("x-json", format!("{{\"counter\":{} }}", self.total()))], "success").into_response()
    }
}

/// The document of the frame: `window.parent.stream.update({ clicks: 7 });` for every click.
pub fn frame() -> ForeverFrame {
    ForeverFrame::at("/forever_frame", "clicker_stream")
}

/// What was a `CometHandler`.
struct Frame<'p>(&'p mut Page);

#[derive(Serialize)]
struct Update {
    clicks: u64,
}

impl Suspended<Count> for Frame<'_> {
    async fn on_event(&mut self, event: Delivered<Count>) -> comet::Result<Then> {
        let Count(clicks) = event.value()?;
        self.0.call("stream.update", &(Update { clicks },)).flush().await?;
        Ok(Then::Wait)
    }

    /// The page opens the frame again.
    fn on_interrupt(&mut self, _: Interrupt) {
        self.0.call("stream.listen", &());
    }
}
