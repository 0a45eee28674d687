//! A user of the 2021 edition who calls Comet by another name and has every lint of clippy's pedantic group.
//!
//! What is made for the handlers and channels must be as clean as what is written, or this does not compile.
#![forbid(unsafe_code)]
#![deny(warnings, unused, missing_docs, missing_debug_implementations, unreachable_pub)]
#![deny(rust_2018_idioms, clippy::all, clippy::pedantic)]

// One line at the root, and no attribute has to say where Comet is.
extern crate push as comet;

use comet::{channel, comet, Events, Page, State};

/// A handler that waits for nothing.
#[comet("/tasks/{id}?{after}", public)]
pub async fn show(id: u64, after: Option<u8>) -> String {
    format!("{id} {after:?}")
}

/// Sends commands to a page.
///
/// # Errors
///
/// When the page has left.
#[comet(public)]
pub async fn count(n: u32, page: &mut Page) -> comet::Result {
    page.text("#n", n).flush().await?;
    Ok(())
}

/// Sends typed events.
///
/// # Errors
///
/// When the client has left.
#[comet("/ticks", public)]
pub async fn ticks(out: &mut Events<u8>) -> comet::Result {
    out.send(&1).await?;
    Ok(())
}

/// Some work.
#[derive(Debug)]
pub struct Jobs;

#[comet(prefix = "/jobs", public)]
impl Jobs {
    /// The text of a job.
    #[comet("/{id}")]
    pub async fn job(&self, id: u64, name: State<String>) -> String {
        format!("{id} {}", *name)
    }

    /// Waits for one.
    #[longpoll("/next", timeout = "1s")]
    pub async fn next(&self) -> Option<String> {
        None
    }
}

/// What is told of a room.
#[channel("rooms/{room}", room: u64, public, history = 8, on_gap = replay)]
#[derive(Debug, serde::Serialize)]
pub struct Said {
    /// The words.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use comet::test::TestApp;
    use comet::App;

    use super::{show, Jobs, Said};

    #[tokio::test]
    async fn all_of_it_is_served() -> comet::Result {
        let app = TestApp::new(App::from_linked().with(Jobs).state("x".to_owned()))?;
        assert_eq!(app.get(show::url(7, Some(1))).await.text().await, "7 Some(1)");
        assert_eq!(app.get(Jobs::job_url(3)).await.text().await, "3 x");
        Said::channel(3).publish(&Said { text: "hello".to_owned() }).await?;
        Ok(())
    }
}
