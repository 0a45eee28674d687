//! The smallest program: a form and a button call functions on the server, which change the page.

mod page;

pub use page::LESSON;

use comet::{Page, comet};

/// Greets `name`, the form's field of that name.
#[comet(public)]
pub async fn hello(name: String, page: &mut Page) {
    page.text("#greeting", format!("Hello, {name}!")).css("#greeting", "color", "var(--accent)");
}

/// Takes no arguments at all.
#[comet(public)]
pub async fn goodbye(page: &mut Page) {
    page.text("#greeting", "Goodbye.").css("#greeting", "color", "var(--muted)");
}
