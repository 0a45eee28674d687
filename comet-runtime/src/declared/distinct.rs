//! Whether handlers answer different requests, found out by the compiler.
#![expect(clippy::panic, reason = "at compile time, where a panic is an error message")]

use super::text::Text;
use crate::registry::{Endpoint, Location};

/// A route or a name that a handler has.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    by: Handler,
    /// As it is written.
    shown: &'static str,
    /// Equal for what answers the same.
    shape: &'static str,
    /// Of the shape: most differ in it, and it is compared at once.
    hash: u64,
    named: bool,
}

/// Of an endpoint, what tells whether two clash and where they are.
#[derive(Clone, Copy, Debug)]
struct Handler {
    shown: &'static str,
    group: &'static str,
    method: &'static str,
    at: Location,
}

/// How many routes and names there are.
pub const fn count(listed: &[&[Endpoint]]) -> usize {
    let (mut count, mut item) = (0, 0);
    while item < listed.len() {
        let mut nth = 0;
        while nth < listed[item].len() {
            count += listed[item][nth].routes.len() + listed[item][nth].names.len();
            nth += 1;
        }
        item += 1;
    }
    count
}

/// All routes and names; `N` is their [`count`].
pub const fn taken<const N: usize>(listed: &'static [&'static [Endpoint]]) -> [Taken; N] {
    let (mut all, mut len, mut item) = ([NOTHING; N], 0, 0);
    while item < listed.len() {
        let mut nth = 0;
        while nth < listed[item].len() {
            let endpoint = &listed[item][nth];
            let mut route = 0;
            while route < endpoint.routes.len() {
                let (shown, shape) = (endpoint.routes[route], endpoint.shapes[route]);
                all[len] = Taken::new(endpoint, shown, shape, false);
                (len, route) = (len + 1, route + 1);
            }
            let mut name = 0;
            while name < endpoint.names.len() {
                let shown = endpoint.names[name];
                all[len] = Taken::new(endpoint, shown, shown, true);
                (len, name) = (len + 1, name + 1);
            }
            nth += 1;
        }
        item += 1;
    }
    all
}

const NOTHING: Taken = Taken {
    by: Handler { shown: "", group: "", method: "", at: Location { file: "", line: 0, column: 0 } },
    shown: "",
    shape: "",
    hash: 0,
    named: false,
};

impl Taken {
    const fn new(
        endpoint: &Endpoint,
        shown: &'static str,
        shape: &'static str,
        named: bool,
    ) -> Self {
        let Endpoint { handler, group, method, at, .. } = *endpoint;
        let by = Handler { shown: handler, group, method, at };
        Self { by, shown, shape, hash: fnv1a(shape.as_bytes()), named }
    }
}

/// Panics when two of them answer the same request, with all such pairs.
#[track_caller]
pub const fn assert_distinct(all: &[Taken]) {
    let (mut said, mut found, mut one) = (Text::new(), 0, 0);
    while one < all.len() {
        let mut other = one + 1;
        while other < all.len() {
            if all[one].hash == all[other].hash && clash(&all[one], &all[other]) {
                said = describe(
                    if found > 0 { said.push("\n") } else { said },
                    &all[one],
                    &all[other],
                );
                found += 1;
            }
            other += 1;
        }
        one += 1;
    }
    if found > 0 {
        panic!("{}", said.as_str());
    }
}

const fn clash(one: &Taken, other: &Taken) -> bool {
    let any = equal(one.by.method, "*") || equal(other.by.method, "*");
    let method = one.named || any || equal(one.by.method, other.by.method);
    let alike = one.named == other.named && method && equal(one.by.group, other.by.group);
    alike && equal(one.shape, other.shape) && !same_place(&one.by, &other.by)
}

/// One handler that is listed twice, under two paths.
const fn same_place(one: &Handler, other: &Handler) -> bool {
    let (a, b) = (one.at, other.at);
    equal(a.file, b.file)
        && a.line == b.line
        && a.column == b.column
        && equal(one.shown, other.shown)
}

const fn describe(said: Text, first: &Taken, second: &Taken) -> Text {
    let said = said.push("two handlers answer ");
    let said = match (second.named, equal(second.by.method, "*")) {
        (true, _) => said.push("the call `").push(second.shown).push("`"),
        (false, true) => said.push("any method of ").push(second.shown),
        (false, false) => said.push(second.by.method).push(" ").push(second.shown),
    };
    let said = place(place(said.push(":"), first), second);
    said.push("\n  change one of the two")
}

const fn place(said: Text, taken: &Taken) -> Text {
    let Handler { shown: handler, at, .. } = taken.by;
    let said = said.push("\n    `").push(handler).push("` at ").push(at.file).push(":");
    let said = said.number(at.line).push(":").number(at.column);
    if taken.named { said } else { said.push(", \"").push(taken.shown).push("\"") }
}

pub(crate) const fn equal(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// FNV-1a, 64 bits: tells our own files and routes apart, nothing more.
pub(crate) const fn fnv1a(mut bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    while let [byte, rest @ ..] = bytes {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
        bytes = rest;
    }
    hash
}
