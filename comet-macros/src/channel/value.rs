//! The values of options that only `#[channel]` has.

use std::ops::RangeInclusive;
use std::time::Duration;

use proc_macro2::{Delimiter, Ident, TokenTree};
use syn::LitInt;

use super::media;
use super::model::{Access, Choice, OnGap, Slow};
use crate::parse::value as shared;

/// The most entries that a channel may keep.
const MOST: usize = 1_000_000;

/// How long a person whose last reader has gone counts as there, where the channel does not say: long enough for a client
/// that comes back after its longest delay, and for the next of two polls.
pub(super) const STAY: Duration = Duration::from_secs(15);

/// Less would have people who poll leave between two polls, and each of them wake the others.
const STAYS: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(3600);

/// How long a person counts as there.
pub(super) fn stay(tokens: &[TokenTree]) -> Option<Duration> {
    shared::duration(tokens).filter(|stay| STAYS.contains(stay))
}

/// How many entries are kept.
pub(super) fn history(tokens: &[TokenTree]) -> Option<usize> {
    let entries = integer(tokens)?.base10_parse().ok()?;
    (1..=MOST).contains(&entries).then_some(entries)
}

fn integer(tokens: &[TokenTree]) -> Option<LitInt> {
    let [TokenTree::Literal(literal)] = tokens else { return None };
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Int(integer) if integer.suffix().is_empty() => Some(integer),
        _ => None,
    }
}

/// One of a few words.
pub(super) fn choice<T: Choice>(tokens: &[TokenTree]) -> Option<T> {
    let word = shared::only_word(tokens)?;
    T::WORDS.iter().find(|(text, _)| word == text).map(|(_, choice)| *choice)
}

/// `gap`, `cut` or `conflate(by = field)`.
pub(super) fn slow(tokens: &[TokenTree]) -> Option<Slow> {
    match tokens {
        [TokenTree::Ident(word)] if word == "gap" => Some(Slow::Gap),
        [TokenTree::Ident(word)] if word == "cut" => Some(Slow::Cut),
        [TokenTree::Ident(word), TokenTree::Group(group)]
            if word == "conflate" && group.delimiter() == Delimiter::Parenthesis =>
        {
            by(&group.stream().into_iter().collect::<Vec<_>>()).map(Slow::Conflate)
        }
        _ => None,
    }
}

/// `by = field`
fn by(tokens: &[TokenTree]) -> Option<Ident> {
    match tokens {
        [TokenTree::Ident(by), TokenTree::Punct(equals), TokenTree::Ident(field)]
            if by == "by" && equals.as_char() == '=' =>
        {
            Some(field.clone())
        }
        _ => None,
    }
}

/// `public`, or the path to the function that decides.
pub(super) fn access(tokens: &[TokenTree]) -> Option<Access> {
    if shared::only_word(tokens).is_some_and(|word| word == "public") {
        return Some(Access::Public);
    }
    shared::path(tokens).map(Access::Asked)
}

/// What is wrong with the value of an option.
pub(super) fn wrong(option: &str, tokens: &[TokenTree]) -> String {
    match option {
        "history" => wrong_history(tokens),
        "presence" => wrong_stay(tokens),
        "max_age" => shared::wrong_duration(option, tokens),
        "content_type" => media::wrong(tokens),
        OnGap::OPTION => wrong_choice::<OnGap>(tokens),
        "slow" => wrong_slow(tokens),
        _ => format!("`{option}` is {}", example(option)),
    }
}

fn wrong_choice<T: Choice>(tokens: &[TokenTree]) -> String {
    let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
    shared::wrong_word(T::OPTION, &words, tokens)
}

fn wrong_stay(tokens: &[TokenTree]) -> String {
    match shared::duration(tokens) {
        Some(_) => {
            "`presence` is between \"1s\" and \"1h\": how long a person counts as there after \
                    the last connection has gone"
                .to_owned()
        }
        None if shared::only_word(tokens).is_some() => {
            "`presence` stands alone, or has a time: `presence = \"30s\"`".to_owned()
        }
        None => shared::wrong_duration("presence", tokens),
    }
}

fn wrong_slow(tokens: &[TokenTree]) -> String {
    match tokens {
        [TokenTree::Ident(word), ..] if word == "conflate" => {
            "say which field tells the events apart: `slow = conflate(by = field)`".to_owned()
        }
        _ => shared::wrong_word("slow", &["gap", "cut", "conflate(by = field)"], tokens),
    }
}

fn wrong_history(tokens: &[TokenTree]) -> String {
    match integer(tokens) {
        Some(integer) if integer.base10_digits() == "0" => {
            "`history` is at least 1; without it a channel keeps just enough for a reader that \
             changes its connection"
                .to_owned()
        }
        Some(_) => "`history` is at most 1_000_000 entries".to_owned(),
        None => format!("`history` is {}", example("history")),
    }
}

/// A value that an option could have.
pub(super) fn example(option: &str) -> &'static str {
    match option {
        "history" => "a number of entries, like `history = 256`",
        "content_type" => "a media type in quotes, like \"image/png\"",
        "max_age" => "a time like \"10m\"",
        OnGap::OPTION => "one of: replay, snapshot, reload, ignore",
        "slow" => "one of: gap, cut, conflate(by = field)",
        "access" => "`public`, or the path to an `async fn` that decides who may follow",
        "crate" => "`crate = path::to::comet`",
        _ => "letters, digits, `-` and `_` in quotes",
    }
}
