//! A click anywhere counts up everywhere: once by requests that wait, once by a frame that never ends.

mod page;

pub use page::LESSON;

use comet::{Cursor, Json, Page, State, Subscription, channel, comet, longpoll};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

/// Tells of every click how many there are by then.
#[channel("clicks", public)]
#[derive(Debug, Serialize, Deserialize)]
pub struct Clicks(u64);

/// One click more.
#[comet("/clicks", method = POST, public)]
pub async fn click(counter: State<Counter>) -> comet::Result {
    let mut total = counter.0.lock().await;
    *total += 1;
    Clicks::channel().publish(&Clicks(*total)).await?; // in order: the lock is held
    Ok(())
}

/// Answers at once who comes for the first time, and at the next click who says what it has seen.
#[longpoll("/clicks?{after}", timeout = "150s", public)]
pub async fn wait_for_click(
    after: Option<Cursor>,
    clicks: Subscription<Clicks>,
    counter: State<Counter>,
) -> comet::Result<Json<Total>> {
    if after.is_none() {
        let after = clicks.cursor(); // taken before the total is read: no click is left out
        return Ok(Json(Total { clicks: counter.total().await, after }));
    }
    let next = clicks.after(after).next().await?;
    Ok(Json(Total { clicks: next.value()?.0, after: next.cursor.to_string() }))
}

/// The same for a hidden frame: its document never ends, and each click moves the page around it.
#[comet(public)]
pub async fn stream_clicks(
    mut clicks: Subscription<Clicks>,
    counter: State<Counter>,
    page: &mut Page,
) -> comet::Result {
    page.text("#streamed", counter.total().await).flush().await?;
    loop {
        let Clicks(total) = clicks.next().await?.value()?;
        page.text("#streamed", total).flush().await?;
    }
}

/// How many clicks there are, and what to send to wait for more.
#[derive(Debug, Serialize)]
pub struct Total {
    clicks: u64,
    after: String,
}

/// Counts from the start of the program.
#[derive(Debug, Default)]
pub struct Counter(Mutex<u64>);

impl Counter {
    async fn total(&self) -> u64 {
        *self.0.lock().await
    }
}
