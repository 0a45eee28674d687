//! Suggestions: near enough to be meant, never far-fetched.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use comet_route::{Route, nearest, nearest_route};
use proptest::prelude::*;

const OPTIONS: [&str; 6] = ["route", "method", "timeout", "heartbeat", "public", "id"];

#[test]
fn one_slip_in_a_short_word_and_two_in_a_longer_one() {
    for (wanted, found) in [
        ("rout", Some("route")),
        ("ruote", Some("route")),
        ("routes", Some("route")),
        ("rotue", Some("route")),
        ("methdo", Some("method")),
        ("tiemotu", Some("timeout")),
        ("time_out", Some("timeout")),
        ("pulbci", Some("public")),
        ("rt", None),
        ("rte", None),
        ("ix", None),
        ("idd", Some("id")),
        ("colour", None),
        ("", None),
    ] {
        assert_eq!(nearest(wanted, OPTIONS), found, "for {wanted}");
    }
}

#[test]
fn case_does_not_count() {
    assert_eq!(nearest("ID", OPTIONS), Some("id"));
    assert_eq!(nearest("TIMEOT", OPTIONS), Some("timeout"));
    assert_eq!(nearest("GTE", ["PUT", "GET", "get"]), Some("GET"));
    assert_eq!(nearest("straße", ["STRASSE", "STRAßE"]), Some("STRAßE"));
}

#[test]
fn the_nearest_wins_and_then_the_first() {
    assert_eq!(nearest("task_ids", ["task_of", "task_id"]), Some("task_id"));
    assert_eq!(nearest("abcx", ["abcy", "abcz"]), Some("abcy"));
    assert_eq!(nearest("a", []), None);
}

#[test]
fn nearest_routes() {
    let table = ["/", "/tasks", "/tasks/{id}", "/tasks/{id}/log", "/files/{*path}"];
    let table = table.map(|route| Route::parse(route).unwrap());
    for (path, found) in [
        ("/tasks/", Some("/tasks")),
        ("/task", Some("/tasks")),
        ("/tsaks/7", Some("/tasks/{id}")),
        ("//tasks//7/lgo", Some("/tasks/{id}/log")),
        ("/file/a/b", Some("/files/{*path}")),
        ("/files", None),
        ("//", Some("/")),
        ("/tasks/7/steps", None),
        ("/news", None),
    ] {
        assert_eq!(nearest_route(path, &table).map(Route::source), found, "for {path}");
    }
}

/// The textbook definition, by trying every edit.
fn slow_distance(a: &[char], b: &[char]) -> usize {
    let (Some((first_a, rest_a)), Some((first_b, rest_b))) = (a.split_first(), b.split_first())
    else {
        return a.len() + b.len();
    };
    let mut least = slow_distance(rest_a, rest_b) + usize::from(first_a != first_b);
    least = least.min(slow_distance(rest_a, b) + 1).min(slow_distance(a, rest_b) + 1);
    if let ([x, y, rest_a @ ..], [u, v, rest_b @ ..]) = (a, b)
        && x == v
        && y == u
    {
        least = least.min(slow_distance(rest_a, rest_b) + 1);
    }
    least
}

proptest! {
    #[test]
    fn a_suggestion_is_made_exactly_when_the_distance_allows(a in "[a-c]{0,7}", b in "[a-c]{0,7}") {
        let (left, right): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let limit = (a.len().max(b.len()) / 3).min(2);
        let near = slow_distance(&left, &right) <= limit;
        prop_assert_eq!(nearest(&a, [b.as_str()]).is_some(), near);
    }
}
