#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::Duration;

use super::{
    Access, Endpoint, Expected, Linked, Location, Signature, Want, absent, crates, endpoint, linked,
};
use crate::call::Call;
use crate::reply::{BoxFuture, Outcome, Value};

/// A public handler that takes nothing and replies nothing, written at `file:line`.
pub(crate) const fn sample(handler: &'static str, file: &'static str, line: u32) -> Endpoint {
    let at = Location { file, line, column: 1 };
    let serve = |want: Want<'_>| want.sign(|_| {});
    let bare = endpoint(handler, "tests");
    Endpoint { method: "GET", group: "tests", access: Access::Public, at, serve, ..bare }
}

impl Want<'_> {
    /// The answer of a handler of such a signature, whose arguments `call` takes itself.
    pub(crate) fn answer(
        self,
        signature: fn(&mut Signature),
        call: fn(Call) -> BoxFuture,
    ) -> Option<BoxFuture> {
        match self {
            Self::Signature(noted) => {
                signature(noted);
                None
            }
            Self::Call(asked) => Some(call(asked)),
        }
    }

    /// The answer of a handler that takes nothing from its caller.
    pub(crate) fn run(self, call: fn(Call) -> BoxFuture) -> Option<BoxFuture> {
        self.answer(|_| {}, call)
    }

    /// The answer of a handler that does nothing.
    pub(crate) fn sign(self, signature: fn(&mut Signature)) -> Option<BoxFuture> {
        self.answer(signature, |call| {
            Box::pin(async move {
                call.begin()?;
                Ok(Outcome::new(Value::Empty))
            })
        })
    }
}

const TWICE: Endpoint =
    Endpoint { routes: &["/twice"], group: "registry", ..sample("twice", "src/a.rs", 3) };

inventory::submit! { Linked(&[TWICE]) }
inventory::submit! { Linked(&[Endpoint { routes: &["/a"], group: "registry", ..sample("z", "src/z.rs", 1) }]) }
inventory::submit! { Linked(&[Endpoint { names: &["b"], group: "registry", ..sample("b", "src/a.rs", 9) }]) }
inventory::submit! { Linked(&[TWICE]) }
inventory::submit! { Linked(&[Endpoint { names: &["c"], group: "registry", ..sample("c", "src/a.rs", 9) }]) }

#[test]
fn what_is_linked_twice_counts_once_and_the_order_is_always_the_same() {
    let own = linked().into_iter().filter(|endpoint| endpoint.group == "registry");
    let own: Vec<_> = own.map(|endpoint| endpoint.handler).collect();
    assert_eq!(own, ["b", "c", "z", "twice"]);
}

#[test]
fn an_endpoint_shows_where_it_is_written() {
    let shown = format!("{TWICE:?}");
    assert!(shown.contains("twice") && shown.contains("src/a.rs"), "{shown}");
    assert_eq!(TWICE.at.to_string(), "src/a.rs:3:1");
}

#[test]
fn an_endpoint_without_a_name_is_told_by_its_handler() {
    assert_eq!(TWICE.name(), "twice");
    let named = Endpoint { names: &["first", "second"], ..TWICE };
    assert_eq!(named.name(), "first");
    assert_eq!(named.resume, None::<Duration>);
}

#[test]
fn a_crate_that_contributes_nothing_is_named_with_its_place_and_the_fix() {
    let at = Location { file: "src/main.rs", line: 4, column: 1 };
    let expect = |name, linked| Expected { name, linked, at };
    let crates = [("news", 12), ("my_shop", 3)].into();
    let there = [expect("news", true), expect("my-shop", false)];
    assert_eq!(absent(&there, &crates), [""; 0]);

    let absent = absent(&[expect("my-chat", false), expect("empty", true)], &crates);
    let [chat, empty] = absent.as_slice() else { panic!("{absent:?}") };
    assert_eq!(
        chat,
        "the crate `my_chat` has no handler and no channel in this program, expected at src/main.rs:4:1\n  \
         mention it in the crate that has `main`, or the linker leaves it out: `use my_chat as _;`\n  \
         the crates that have some are `my_shop` (3), `news` (12)"
    );
    assert!(empty.contains("`empty`") && empty.contains("it is linked"), "{empty}");
}

#[test]
fn crates_are_counted_by_the_modules_of_what_they_declare() {
    assert!(crates().get("tests").is_some_and(|count| *count >= 4));
}
