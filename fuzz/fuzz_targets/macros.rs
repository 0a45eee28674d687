//! Any options on any item: the attributes never panic, and never lose the item's body.
//!
//! A macro crate exports its macros and nothing else, so its modules are compiled into this program.
#![no_main]
#![allow(dead_code)]

use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;

#[path = "../../comet-macros/src/channel/mod.rs"]
mod channel;
#[path = "../../comet-macros/src/check/mod.rs"]
mod check;
#[path = "../../comet-macros/src/code.rs"]
mod code;
#[path = "../../comet-macros/src/errors.rs"]
mod errors;
#[path = "../../comet-macros/src/expand/mod.rs"]
mod expand;
#[path = "../../comet-macros/src/fallback.rs"]
mod fallback;
#[path = "../../comet-macros/src/model.rs"]
mod model;
#[path = "../../comet-macros/src/parse/mod.rs"]
mod parse;
#[path = "../../comet-macros/src/run.rs"]
mod run;
#[path = "../../comet-macros/src/tokens.rs"]
mod tokens;

// The first line is the options, the rest the item.
fuzz_target!(|text: &str| {
    let (options, item) = text.split_once('\n').unwrap_or((text, "async fn f(id: u8) { body }"));
    let (Ok(options), Ok(item)) = (options.parse::<TokenStream>(), item.parse::<TokenStream>())
    else {
        return;
    };
    let bodies = |tokens: &TokenStream| tokens.to_string().matches("{ body }").count();
    for kind in [model::Kind::Comet, model::Kind::LongPoll] {
        let made = run::run(kind, options.clone(), item.clone());
        assert!(bodies(&made) >= bodies(&item));
    }
    let made = channel::run(options, &item);
    assert!(bodies(&made) >= bodies(&item));
});
