//! Links whose values have names: what [`url!`](crate::url) asks of them, mostly while it is compiled.
#![expect(clippy::panic, reason = "at compile time, where a panic is an error message")]

use std::borrow::Borrow;
use std::marker::PhantomData;

use super::{Url, joined, url};
use crate::declared::{Text, equal};
use crate::extract::Query;

/// A route, and the types of its placeholders as those of a function that takes them.
#[derive(Debug)]
pub struct NamedLink<V> {
    route: &'static str,
    values: PhantomData<fn() -> V>,
}

/// The placeholders of a route, by their types.
pub trait Values {
    /// Which may be left out.
    const OPTIONAL: &'static [bool];
}

/// The placeholder number `N`, from 0.
pub trait Nth<const N: usize> {
    /// Its type.
    type Type: Query + ?Sized;
}

macro_rules! nth {
    ($([$($all:ident)*] $nth:ident $n:literal;)*) => {$(
        impl<$($all: Query + ?Sized),*> Nth<$n> for fn($($all),*) {
            type Type = $nth;
        }
    )*};
}

macro_rules! values {
    ($(($($all:ident $n:literal)*))*) => {$(
        impl<$($all: Query + ?Sized),*> Values for fn($($all),*) {
            const OPTIONAL: &'static [bool] = &[$($all::OPTIONAL),*];
        }
        values!(@ [$($all)*] $($all $n)*);
    )*};
    (@ $all:tt $($nth:ident $n:literal)*) => {
        nth!($($all $nth $n;)*);
    };
}

values! {
    ()
    (A 0)
    (A 0 B 1)
    (A 0 B 1 C 2)
    (A 0 B 1 C 2 D 3)
    (A 0 B 1 C 2 D 3 E 4)
    (A 0 B 1 C 2 D 3 E 4 F 5)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7)
}

/// The value of one placeholder, as the texts that stand for it in a URL.
#[derive(Debug)]
pub struct Given {
    nth: usize,
    texts: Vec<String>,
}

impl<V> NamedLink<V> {
    /// The link of a route.
    #[must_use]
    pub const fn new(route: &'static str) -> Self {
        Self { route, values: PhantomData }
    }
}

impl<V: Values> NamedLink<V> {
    /// Which of the placeholders is called so.
    ///
    /// # Panics
    ///
    /// None is; at compile time, where that is an error message.
    #[must_use]
    #[track_caller]
    pub const fn nth(&self, handler: &str, name: &str) -> usize {
        match position(self.route, name) {
            Some(nth) => nth,
            None => {
                let said = Text::new().push("`").push(handler).push("` has no placeholder `");
                panic!("{}", said.push(name).push("`; its route is ").push(self.route).as_str())
            }
        }
    }

    /// Whether all placeholders have a value that need one.
    ///
    /// # Panics
    ///
    /// One has none; at compile time, where that is an error message. About names that are no placeholders another
    /// message says enough.
    #[must_use]
    #[track_caller]
    pub const fn complete(&self, handler: &str, given: &[&str]) -> bool {
        let (mut at, mut lacking) = (0, V::OPTIONAL.len());
        while at < given.len() {
            if position(self.route, given[at]).is_none() {
                return false;
            }
            at += 1;
        }
        let mut nth = V::OPTIONAL.len();
        while nth > 0 {
            nth -= 1;
            if !V::OPTIONAL[nth] && !is_among(self.route, given, nth) {
                lacking = nth;
            }
        }
        if lacking < V::OPTIONAL.len() {
            let said = Text::new().push("`").push(handler).push("` needs a value for `");
            let said = said.push(placeholder(self.route, lacking)).push("`; its route is ");
            panic!("{}", said.push(self.route).as_str());
        }
        true
    }

    /// The value of the placeholder number `N`.
    #[must_use]
    pub fn value<const N: usize>(&self, value: impl Borrow<V::Type>) -> Given
    where
        V: Nth<N>,
    {
        Given { nth: N, texts: value.borrow().write_all() }
    }

    /// The URL with these values.
    #[must_use]
    pub fn url<const COMPLETE: bool>(&self, given: &[Given]) -> Url {
        let (mut written, mut rest, mut nth) = (String::new(), self.route, 0);
        while let Some((before, name, behind)) = split(rest) {
            written.push_str(before);
            let in_query = written.contains('?');
            if let Some(given) = given.iter().find(|given| given.nth == nth) {
                written.push_str(&one(name, in_query, &given.texts));
            }
            (rest, nth) = (behind, nth + 1);
        }
        url("", format_args!("{written}{rest}"))
    }
}

/// What stands for a placeholder.
fn one(name: &str, in_query: bool, texts: &[String]) -> String {
    let text = texts.first().map_or("", String::as_str);
    match name.strip_prefix('*') {
        _ if in_query => joined(name, texts),
        Some(_) => comet_route::encode_rest(text).into_owned(),
        None => comet_route::encode_segment(text).into_owned(),
    }
}

/// What is before the first placeholder, the placeholder without its braces, and what is behind it.
const fn split(route: &str) -> Option<(&str, &str, &str)> {
    let bytes = route.as_bytes();
    let (mut open, mut close) = (0, 0);
    while close < bytes.len() {
        match bytes[close] {
            b'{' => open = close,
            b'}' => {
                let (before, from) = route.split_at(open);
                let (braced, behind) = from.split_at(close + 1 - open);
                let (_, inner) = braced.split_at(1);
                let (inner, _) = inner.split_at(inner.len() - 1);
                return Some((before, inner, behind));
            }
            _ => {}
        }
        close += 1;
    }
    None
}

const fn placeholder(route: &str, nth: usize) -> &str {
    let (mut rest, mut at) = (route, 0);
    while let Some((_, name, behind)) = split(rest) {
        if at == nth {
            return match name.as_bytes() {
                [b'*', ..] => name.split_at(1).1,
                _ => name,
            };
        }
        (rest, at) = (behind, at + 1);
    }
    ""
}

const fn position(route: &str, name: &str) -> Option<usize> {
    let mut nth = 0;
    loop {
        let held = placeholder(route, nth);
        if held.is_empty() {
            return None;
        }
        if equal(held, name) {
            return Some(nth);
        }
        nth += 1;
    }
}

const fn is_among(route: &str, given: &[&str], nth: usize) -> bool {
    let mut at = 0;
    while at < given.len() {
        if equal(given[at], placeholder(route, nth)) {
            return true;
        }
        at += 1;
    }
    false
}

/// The link of a handler that was refused: whatever is given, nothing else is wrong.
#[derive(Debug)]
pub struct Refused;

impl Refused {
    /// No placeholder.
    #[must_use]
    pub const fn nth(&self, _: &str, _: &str) -> usize {
        0
    }

    /// As good as any.
    #[must_use]
    pub const fn complete(&self, _: &str, _: &[&str]) -> bool {
        true
    }

    /// No value.
    #[must_use]
    pub fn value<const N: usize>(&self, _: impl Sized) -> Given {
        Given { nth: N, texts: Vec::new() }
    }

    /// No URL.
    #[must_use]
    pub fn url<const COMPLETE: bool>(&self, _: &[Given]) -> Url {
        url("", format_args!("/"))
    }
}
