//! The look that the examples share: one page shell, one stylesheet, one way to show a lesson.
//!
//! Linking this crate is enough to serve its files: they are handlers like any other.

mod files;
mod highlight;
mod lesson;

pub use axum_core::response::Response;
pub use files::script;
pub use lesson::{Lesson, page};
