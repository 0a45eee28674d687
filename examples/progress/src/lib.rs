//! A page that moves while a function works.

mod page;

pub use page::LESSON;

use std::time::Duration;

use comet::{Page, comet};

/// Imports `rows` rows and draws the bar as it goes.
#[comet(public)]
pub async fn import(rows: u32, page: &mut Page) -> comet::Result {
    let mut import = Import { row: 0 };
    for n in 1..=rows {
        import.next().await;
        let percent = 100.0 * f64::from(n) / f64::from(rows);
        page.css("#bar", "width", format!("{percent:.1}%"))
            .attr("#track", "aria-valuenow", format!("{percent:.0}"))
            .text("#status", format!("{n} of {rows} rows"))
            .flush()
            .await?; // an error once the browser has left: `?` ends the work
    }
    page.text("#result", format!("Done: {rows} rows are in."));
    Ok(()) // what is still queued is sent now
}

/// The work, and a witness of its end: a closed tab or a cancelled call drops it wherever it is.
struct Import {
    row: u32,
}

impl Import {
    async fn next(&mut self) {
        tokio::time::sleep(Duration::from_millis(8)).await;
        self.row += 1;
    }
}

impl Drop for Import {
    fn drop(&mut self) {
        println!("progress: stopped at {}", self.row);
    }
}
