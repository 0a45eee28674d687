//! The attribute macros of Comet, which users get from the runtime as `comet::comet` and `comet::longpoll`.
//!
//! An attribute goes through five steps: `parse` reads options and item, the bodies of functions as opaque tokens;
//! `check` refuses what cannot work, each mistake once and at the user's own token, and leaves a `model` of plain
//! data; `expand` writes the registration, the typed link and the guards against duplicates from it. When something was
//! refused, `fallback` keeps the user's item and the names that other code uses, so that one mistake is one error.

#![recursion_limit = "256"]

mod channel;
mod check;
mod code;
mod errors;
mod expand;
mod fallback;
mod model;
mod parse;
mod run;
mod tokens;
mod url;

#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

use run::run;

/// Makes an endpoint of an `async fn`, of a function that returns a stream, or of every `pub` method of an `impl` block.
///
/// ```text
/// #[comet(route = "/tasks/{id}/progress?{from}", public)]
/// async fn progress(id: u64, from: Option<u32>, page: &mut Page) -> comet::Result { … }
///
/// #[comet(prefix = "/jobs")]
/// impl Jobs { … }
/// ```
///
/// # Options
///
/// | option | where | meaning |
/// |---|---|---|
/// | `"/tasks/{id}"`, `route = "…"` | function, method | the URL it answers; without one it is called by name only |
/// | `alias = "…"` | function, method | one more route for the same arguments; may be repeated |
/// | `method = GET` | function, method | of its routes: `GET` (default), `POST`, `PUT`, `PATCH`, `DELETE` or `ANY` |
/// | `name = "…"` | function, method | what it is called by instead of `function` or `type_method`; may be repeated |
/// | `public` | everywhere | callable without a user; on an `impl` block for all its methods |
/// | `group = "…"` | everywhere | keeps equal routes of independent programs in one crate apart |
/// | `resume = "30s"` | function, method | how long a run outlives its connection; `#[comet]` only |
/// | `timeout = "20s"` | function, method | how long a request is held; `#[longpoll]` only |
/// | `link = other`, `link = false` | function, method | another name for the link, or none |
/// | `skip` | method | keeps a `pub` method of an annotated block to Rust |
/// | `prefix = "/jobs"` | `impl` block | goes before the routes of its methods |
/// | `crate = path` | function, `impl` block | where Comet is, when it is not `::comet` |
///
/// Times are written `"500ms"`, `"30s"`, `"2m"` or `"1h"`.
///
/// # Arguments
///
/// An argument that the route names comes from the URL. Any other is an extractor such as `&mut Page`, `State<T>` or
/// those of axum-core, or, when its type has `serde::Deserialize`, an argument of the call.
///
/// # Several routes
///
/// Attributes may be stacked: each one is an endpoint, and the first has the names and the link. An `alias` is one more
/// route of the same endpoint, with the same placeholders.
///
/// # What is made
///
/// Beside a function `progress` stands a type of the same name whose `url` function builds links: `progress::url(7, None)`.
/// A method `done` of `Jobs` has `Jobs::done_url(3)`. A link takes the placeholders in the order of the route.
#[proc_macro_attribute]
pub fn comet(options: TokenStream, item: TokenStream) -> TokenStream {
    run(model::Kind::Comet, options.into(), item.into()).into()
}

/// Makes an endpoint of a function or method that parks a request until it has a reply.
///
/// The options are those of [`macro@comet`], with `timeout` in place of `resume`: how long a request is held before it is
/// answered with nothing new.
///
/// ```text
/// #[longpoll(route = "/clicks?{after}", timeout = "150s", public)]
/// async fn wait(after: Option<Cursor>) -> comet::Result<Json<Clicks>> { … }
/// ```
#[proc_macro_attribute]
pub fn longpoll(options: TokenStream, item: TokenStream) -> TokenStream {
    run(model::Kind::LongPoll, options.into(), item.into()).into()
}

/// Makes a `struct` or an `enum` something that is published: each of its channels is a named log that any number of
/// readers follow over any transport.
///
/// ```text
/// #[channel("todos/{list}", list: u64, history = 256, max_age = "10m", on_gap = snapshot, access = may_watch)]
/// #[derive(serde::Serialize)]
/// pub enum TodoEvent { Saved(Todo), Deleted { id: i64 } }
///
/// async fn may_watch(list: u64, user: User, db: State<Db>) -> Result<(), Denied> { … }
///
/// TodoEvent::channel(7).publish(&TodoEvent::Deleted { id: 1 }).await?;
/// ```
///
/// # Options
///
/// | option | meaning |
/// |---|---|
/// | `"todos/{list}"` | the pattern of the channels' names: segments as in a route, without the first slash, a rest or a query |
/// | `list: u64` | the type of a placeholder, one for each: owned, and a `Param` as in a route |
/// | `access = path` | the `async fn` that decides who may follow |
/// | `public`, `access = public` | anybody may |
/// | `history = 256` | how many entries are kept for readers that come or come back, at most 1,000,000 |
/// | `max_age = "10m"` | how long entries are kept |
/// | `on_gap = replay` | what a client does that missed entries: `replay` goes on with what is left, `snapshot` fetches the state anew, `reload` loads the page anew, `ignore` does nothing; said whenever `history` is |
/// | `slow = gap` | what becomes of a reader slower than the channel: `gap` (default) skips what is gone and says so, `cut` ends it, `conflate(by = field)` leaves out events that a newer one of the same field supersedes |
/// | `content_type = "image/png"` | the type is published as the bytes of its `AsRef<[u8]>` and not as JSON; `history` is then 1 unless said |
/// | `group = "…"` | keeps equal patterns of independent programs in one crate apart |
/// | `crate = path` | where Comet is, when it is not `::comet` |
///
/// One of `access` and `public` is always said. An `access` function is asked at every subscribe: it takes the
/// placeholders' values in the order of the pattern, at most three, and then extractors, and returns `Result<(), E>` or
/// `Result<Verdict, E>`.
///
/// # What is made
///
/// The type gets a function `channel` that takes the placeholders in the order of the pattern and is as visible as the
/// type itself; and `subscribe_all`, which follows all channels of the type, in the program only.
#[proc_macro_attribute]
pub fn channel(options: TokenStream, item: TokenStream) -> TokenStream {
    channel::run(options.into(), &item.into()).into()
}

/// The URL of a handler, with a value for each placeholder by its name.
///
/// ```text
/// comet::url!(progress, id = 7)                 // /tasks/7/progress
/// comet::url!(progress, from = Some(3), id = 7) // /tasks/7/progress?from=3
/// comet::url!(Jobs::done, id = 3)               // of a method: the type, and the method
/// ```
///
/// It is what the handler's `url` function writes, in any order and without what may be left out: `Option` and `Vec` of
/// the query. A handler that is not there, a name that is no placeholder, one that is missing and a value of another type
/// do not compile, in a template of maud as in any other code. What comes after a type, a name with a capital letter, is a
/// method; what is called by its name only has no placeholders. Routes of more than eight are written by `url`.
#[proc_macro]
pub fn url(tokens: TokenStream) -> TokenStream {
    url::run(tokens.into()).into()
}
