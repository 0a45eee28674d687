//! The look that the examples share: one page shell, one stylesheet, one way to declare and show a lesson, and the words
//! that their visitors may send.
//!
//! Linking this crate is enough to serve its files: they are handlers like any other.

mod declare;
mod files;
mod highlight;
mod lesson;
mod words;

pub use axum_core::response::Response;
pub use files::script;
pub use lesson::{Lesson, page};
pub use words::{BadSlug, BadText, Slug, Text};
