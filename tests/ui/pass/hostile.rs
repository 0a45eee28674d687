//! Names that the expansion must not stumble over.
#![no_implicit_prelude]
#![allow(dead_code, non_camel_case_types)]

extern crate comet as push;

struct Result;
struct Option;
struct String;
struct Vec;
struct Some;
struct Ok;
struct Box;
struct str2;
mod core {}
mod std {}
mod comet {}

#[push::comet("/hostile/{id}?{from}", crate = push, public)]
async fn hostile(id: u64, from: ::std::option::Option<u8>, page: &mut push::Page) {
    page.text("#id", id).text("#from", from.is_some());
}

struct Jobs;

#[push::comet(prefix = "/jobs", crate = push)]
impl Jobs {
    #[longpoll("/{id}", timeout = "1s", name = "wait")]
    pub async fn done(&self, id: u8, text: &str) {
        let (_, _) = (id, text);
    }
}

fn main() {
    ::std::assert_eq!(
        hostile::url(7, ::std::option::Option::Some(1)).as_str(),
        "/hostile/7?from=1"
    );
    ::std::assert_eq!(Jobs::done_url(7).as_str(), "/jobs/7");
}
