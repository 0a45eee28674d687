//! The browser's side of handlers and channels, typed: [`typescript!`](macro@crate::typescript).

mod channels;
mod comments;
#[cfg(feature = "typescript")]
mod described;
mod difference;
mod endpoints;
mod file;
mod function;
mod helpers;
mod layout;
mod names;
mod program;
#[cfg(test)]
mod tests;
mod typed;
mod types;
mod url;

pub use file::{StaleTypeScript, TypeScript};
pub use typed::{Described, Returned, Typed, undescribed};
pub(crate) use types::Types;

/// A test that holds a file of TypeScript to the handlers and channels of the program: a function for each handler, one
/// that writes its URL, and a typed subscription for each channel, all by the browser client.
///
/// ```
/// # mod shop {
/// comet::typescript!("web/api.ts");
/// # }
/// ```
///
/// The path is below the package's folder. `COMET_TYPESCRIPT=write cargo test typescript` writes the file; without the
/// variable the test, which is called `typescript`, fails when the file is not what it would write, with the difference.
/// The file is the same wherever it is written: sorted, without dates and without paths.
///
/// For a path that ends with `.js` it is two files: JavaScript that a page loads as it is, and its types in `.d.ts`
/// beside it.
///
/// # Types
///
/// With the feature `typescript`, arguments, replies, events and payloads have the types that `ts_rs::TS` knows for
/// them, which is derived beside `serde`'s traits and reads their attributes. What has no such description is `unknown`,
/// and without the feature everything is. Numbers are `number`, however large they are in Rust, as JSON is read so in a
/// browser.
///
/// # Options
///
/// They are the functions of [`TypeScript`]:
///
/// ```
/// # mod shop {
/// comet::typescript!("static/api.js", client = "./comet/comet.js", crates = ["shop"], group = "shop");
/// # }
/// ```
///
/// | option | |
/// |---|---|
/// | `client = "…"` | where the file imports the browser client from, `"/comet/comet.js"` without it |
/// | `crates = […]` | only what these crates declare; everything that is linked without it |
/// | `group = "…"` | what is in this group, and not what is in none |
#[macro_export]
macro_rules! typescript {
    ($path:literal $(, $option:ident = $value:expr)* $(,)?) => {
        #[test]
        fn typescript() -> ::core::result::Result<(), $crate::StaleTypeScript> {
            $crate::TypeScript::new(
                ::core::env!("CARGO_MANIFEST_DIR"),
                ::core::env!("CARGO_PKG_NAME"),
                $path,
            )$(.$option($value))*.check()
        }
    };
}
