//! A page that was written for Sijax: ajax calls, streamed calls and an upload, as it made them then.

mod page;

pub use page::{LESSON, page};

use std::collections::VecDeque;
use std::time::Duration;

use comet::compat::sijax::{Request, Sijax};
use comet::{Html, Page, UploadedFile, comet};
use tokio::sync::watch;

/// The guest book: its newest fifty entries.
#[derive(Debug, Default)]
pub struct Guestbook {
    entries: watch::Sender<VecDeque<Entry>>,
}

/// What was `register_object(Guestbook())` at the page's own URL.
pub fn mount() -> Sijax {
    Sijax::at("/sijax").object("guestbook").upload_limit(4 << 20).invalid_call(explain)
}

#[comet(public)]
impl Guestbook {
    /// `Sijax.request("greet", ["Ada"])`: one reply.
    pub async fn greet(&self, name: String, page: &mut Page) {
        page.text("#greeting", format!("Hello, {name}!")).css(
            "#greeting",
            "color",
            "var(--accent)",
        );
    }

    /// `sjxComet.request("bake", [12])`: what was `yield obj_response` is a flush.
    pub async fn bake(&self, loaves: u32, page: &mut Page) -> comet::Result {
        for n in 1..=loaves {
            tokio::time::sleep(Duration::from_millis(120)).await;
            page.css("#bar", "width", format!("{}%", 100 * n / loaves))
                .text("#baked", format!("{n} of {loaves} loaves"))
                .flush()
                .await?;
        }
        page.text("#baked", format!("All {loaves} loaves are out."));
        Ok(())
    }

    /// Signs the book; `watch` shows it to everybody.
    pub async fn sign(&self, name: String, message: String, page: &mut Page) {
        if message.trim().is_empty() || message.len() > 400 || name.len() > 40 {
            page.alert("Write something first, and not more than 400 letters.");
            return;
        }
        self.entries.send_modify(|entries| {
            let number = entries.back().map_or(1, |last| last.number + 1);
            entries.push_back(Entry { number, name, message });
            if entries.len() > 50 {
                entries.pop_front();
            }
        });
        page.value("#message", "");
    }

    /// `sjxComet.request("watch")`: goes on for as long as the page is there.
    pub async fn watch(&self, page: &mut Page) -> comet::Result {
        let mut entries = self.entries.subscribe();
        let mut seen = 0;
        loop {
            let last = seen;
            for entry in entries.borrow_and_update().iter().filter(|entry| entry.number > last) {
                page.html_append("#entries", entry.row());
                seen = entry.number;
            }
            page.flush().await?;
            entries.changed().await?;
        }
    }

    /// The form `parcel`: its fields by their names, and an answer in two flushes.
    pub async fn parcel_upload(
        &self,
        note: String,
        file: Option<UploadedFile>,
        sijax: Request,
        page: &mut Page,
    ) -> comet::Result {
        let Some(file) = file else {
            page.text("#parcel-got", "Choose a file first.");
            return Ok(());
        };
        let (name, bytes) = (file.name(), file.bytes().len());
        page.text("#parcel-got", format!("“{note}” with {name}: {bytes} bytes. Checking…"));
        sijax.reset_form(page);
        page.flush().await?;
        tokio::time::sleep(Duration::from_millis(700)).await;
        let sum = file.bytes().iter().fold(0_u64, |sum, byte| sum + u64::from(*byte));
        page.text("#parcel-got", format!("“{note}” with {name}: {bytes} bytes, checksum {sum}."));
        Ok(())
    }
}

/// Instead of Sijax's own message box, for calls that do not fit their function.
async fn explain(mut page: Page, sijax: Request) {
    let problem = sijax.problem().unwrap_or_default();
    page.text("#refused", format!("{}: {problem}", sijax.function()));
}

#[derive(Debug)]
struct Entry {
    number: u64,
    name: String,
    message: String,
}

impl Entry {
    /// What visitors wrote goes in as text.
    fn row(&self) -> Html {
        let (name, message) = (Html::escape(&self.name), Html::escape(&self.message));
        Html::trusted(format!(
            r#"<li id="entry-{}" class="arrive"><strong>{name}</strong><br><span>{message}</span></li>"#,
            self.number
        ))
    }
}
