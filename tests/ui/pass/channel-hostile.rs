//! Names that the expansion of a channel must not stumble over.
#![no_implicit_prelude]
#![allow(dead_code, non_camel_case_types)]

extern crate comet as push;
extern crate serde;

struct Result;
struct Option;
struct String;
struct Some;
struct Ok;
struct Box;
struct Channel;
struct Topic;
struct Declaration;
mod core {}
mod std {}
mod comet {}

#[push::channel("hostile/{id}/{call}", id: u64, call: ::std::string::String, history = 1, on_gap = reload, access = allowed, crate = push)]
#[derive(serde::Serialize)]
struct Hostile;

async fn allowed(id: u64, call: ::std::string::String) -> ::std::result::Result<(), push::Error> {
    let (_, _) = (id, call);
    ::std::result::Result::Ok(())
}

fn main() {
    ::std::assert_eq!(Hostile::channel(7, ::std::format!("x")).name(), "hostile/7/x");
}
