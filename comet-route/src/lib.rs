//! The route grammar of Comet: what may stand in `#[comet(route = "…")]`, what it matches, and how
//! a URL is written from it.
//!
//! The macros read routes with it at compile time, the runtime routes requests, builds links
//! and helps with 404s with it, so both always mean the same. It has no dependencies.
//!
//! ```
//! use comet_route::{Route, decode, normalize_path};
//!
//! let route = Route::parse("/tasks/{id}/files/{*path}?{after}&{limit}")?;
//!
//! let path = normalize_path("/tasks/caf%c3%a9/files/a/b.txt");
//! let values = route.matches(&path).ok_or("no match")?;
//! assert_eq!(decode(values[0].1)?, "café");
//! assert_eq!(values[1], ("path", "a/b.txt"));
//!
//! let url = route.render(|name| Some(name.to_uppercase()))?;
//! assert_eq!(url, "/tasks/ID/files/PATH?after=AFTER&limit=LIMIT");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Grammar
//!
//! ```ebnf
//! route   = path, [ "?", query ] ;
//! path    = "/" | { "/", segment }-, [ "/", rest ] | "/", rest ;
//! segment = static | param ;
//! static  = { literal | escape | letter }- ;               (* not "." or "..", not like a foreign parameter *)
//! param   = "{", name, "}" ;
//! rest    = "{*", name, "}" ;
//! query   = param, { "&", param } ;
//! name    = ( ALPHA | "_" ), { ALPHA | DIGIT | "_" } ;      (* not self, Self, super, crate, _ *)
//! literal = ALPHA | DIGIT | "-" | "." | "_" | "~" | "!" | "$" | "&" | "'" | "(" | ")"
//!         | "*" | "+" | "," | ";" | "=" | ":" | "@" ;        (* RFC 3986 pchar *)
//! escape  = "%", HEXDIG, HEXDIG ;
//! letter  = ? a visible character beyond ASCII ? ;           (* stands for its UTF-8 escapes *)
//! ```
//!
//! A route has at most [`MAX_BYTES`] bytes and [`MAX_PLACEHOLDERS`] placeholders. Names are unique
//! in path and query together; keywords are allowed, since `{type}` can be the argument `r#type`.
//! Static segments are compared in the normal form of [`normalize_path`], and upper and lower case
//! differ.
//!
//! # Matching
//!
//! `{name}` takes one segment that is not empty, `{*name}` one character or more to the end. A
//! trailing slash makes a different path. Where several routes match, the first segment in which
//! they differ decides: static before parameter before rest ([`Route::cmp_precedence`]). A
//! [`Table`] finds the route of a path; it holds any routes but two of equal
//! [shape](Route::shape).
//!
//! # What is refused
//!
//! Each mistake is one [`ParseError`] with its position and the way to write it instead.
//!
//! | written | said | advised |
//! |---|---|---|
//! | `tasks`, nothing | a route starts with `/` | `"/tasks"`, `"/"` |
//! | `http://x/a` | a route has no scheme and no host | `"/a"` |
//! | `/a//b`, `//` | the route has an empty segment (`//`) | `"/a/b"`, `"/"` |
//! | `/a/` | a route does not end with `/` | `"/a"` |
//! | `/a/..`, `/%2e` | `..` cannot be a segment of a route | the path that is meant |
//! | `/:id`, `/<id>`, `/[id]`, `/%@` | route parameters are written `{id}`, not `:id` | `{id}` |
//! | `/*rest`, `/<p..>`, `/{p..}`, `/{p:.*}` | the rest of the path is written `{*rest}`, not … | `{*rest}` |
//! | `/x{id}`, `/{a}-{b}` | a parameter must be a whole segment | take it whole, split it in the handler |
//! | `/{id` | unclosed `{` in the route | `{id}` or `%7B` |
//! | `/id}` | `}` without a `{` before it | `{id}` or `%7D` |
//! | `/{{id}}` | braces are not doubled in a route | `{id}` |
//! | `/{id?}` | a path parameter is always present | `{id}` or `?{id}` |
//! | `/{}` | `{}` is not a valid argument name | a name |
//! | `/{id:u64}` | the type comes from the argument | `{id}` |
//! | `/{task-id}`, `/{r#type}` | route parameter `task-id` is not a valid Rust name | `{task_id}`, `{type}` |
//! | `/{größe}` | route parameter `größe` is not an ASCII name | an ASCII name |
//! | `/{self}`, `/{_}` | `{self}` cannot name an argument | another name |
//! | `/{id}?{id}` | `{id}` appears twice in the route | a name of its own |
//! | `/{*p}/x` | `{*p}` matches the rest of the path, so it must come last | `{p}`, or the end |
//! | `/a?` | no query parameter follows the `?` | `"/a"`, `"/a?{name}"` |
//! | `/a?id`, `/a?id={id}` | query parameters are written `?{name}&{other}`, found … | `{id}` |
//! | `/a?{a}&&{b}` | the route has an empty query parameter | one `&` |
//! | `/a?{*x}` | `{*x}` cannot stand in the query | `{x}` |
//! | `/a b`, `/a"b`, `/a\b` | … is not allowed in a route | `a%20b` |
//! | `/a#b` | `#` is not allowed in a route | without, or `%23` |
//! | `/100%`, `/%zz` | `%zz` is not a percent escape | `%25` |

mod braced;
mod decode;
mod encode;
mod error;
mod foreign;
mod hint;
mod literal;
mod matching;
mod name;
mod nearest;
mod normalize;
mod overlap;
mod pairing;
mod parse;
mod percent;
mod piece;
mod placeholder;
mod prefix;
mod query;
mod render;
mod route;
mod segment;
mod shape;
mod spell;
mod table;
mod trie;

pub use decode::{DecodeError, decode};
pub use encode::{encode_query_value, encode_rest, encode_segment, fits_rest, fits_segment};
pub use error::ParseError;
pub use hint::nearest_route;
pub use nearest::nearest;
pub use normalize::normalize_path;
pub use placeholder::{Place, Placeholder};
pub use prefix::Prefix;
pub use render::RenderError;
pub use route::{MAX_BYTES, MAX_PLACEHOLDERS, Route, Segment};
pub use table::{Conflict, Found, Table};
