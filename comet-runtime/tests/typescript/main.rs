//! What a program's TypeScript says, what it takes to break a page, and that its URLs are those of Rust.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod node;
mod renamed;
mod shop;
mod stale;

// `shop.ts` beside this file, for people to read.
comet::typescript!("tests/typescript/shop.ts", group = "shop", client = "./comet.js");
