//! What Grizzly Comet came with, on Comet: the counter by its own wire, a chat with a moderator, words that everybody drags,
//! a micro-blog, and a room that a timer and other programs push into.

pub mod blog;
pub mod clicker;
pub mod hall;
pub mod notices;
mod page;
mod tickets;
pub mod words;

pub use page::{BLOG, CLICKER, HALL, LESSONS, NOTICES, WORDS};

use comet::App;

/// The app with what these examples need.
pub fn added_to(app: App) -> App {
    app.with(clicker::Clicker::default())
        .adapt(clicker::frame())
        .with(hall::Hall::default())
        .with(words::Words::default())
        .with(blog::Blog::default())
}
