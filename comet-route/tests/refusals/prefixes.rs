//! Prefixes: what a route refuses, and what only a prefix does.

use comet_route::{MAX_BYTES, Prefix, Route};

fn refused(source: &str) -> (String, String) {
    let error = Prefix::parse(source).unwrap_err();
    (error.message, error.help)
}

fn said(message: &str, help: &str) -> (String, String) {
    (message.into(), help.into())
}

#[test]
fn what_a_route_refuses() {
    assert_eq!(refused("jobs"), said("a route starts with `/`", "write \"/jobs\""));
    assert_eq!(refused("/jobs/"), said("a route does not end with `/`", "write \"/jobs\""));
}

#[test]
fn placeholders() {
    let advice = "write it in the route of each method";
    assert_eq!(refused("/a/{id}"), said("a prefix has no placeholders: `{id}`", advice));
    assert_eq!(refused("/a/{*p}"), said("a prefix has no placeholders: `{*p}`", advice));
    assert_eq!(refused("/a?{q}"), said("a prefix has no placeholders: `{q}`", advice));
}

#[test]
fn the_root() {
    let message = "a prefix has at least one segment";
    assert_eq!(refused("/"), said(message, "leave the prefix out"));
}

#[test]
fn too_long_together() {
    let half = format!("/{}", "a".repeat(MAX_BYTES / 2));
    let prefix = Prefix::parse(&half).unwrap();
    let error = Route::parse(&half).unwrap().join(&prefix).unwrap_err();
    assert_eq!(error.message, "a route has at most 1024 bytes, this one has 1026");
}

#[test]
fn joined_routes_read_as_if_written_so() {
    let prefix = Prefix::parse("/jobs/café").unwrap();
    for (route, joined) in [
        ("/", "/jobs/café"),
        ("/?{page}", "/jobs/café?{page}"),
        ("/{id}/done?{after}", "/jobs/café/{id}/done?{after}"),
        ("/{*rest}", "/jobs/café/{*rest}"),
    ] {
        let route = Route::parse(route).unwrap().join(&prefix).unwrap();
        assert_eq!(route, Route::parse(joined).unwrap());
    }
}

#[test]
fn repetition_is_seen_in_normal_form() {
    let prefix = Prefix::parse("/café").unwrap();
    assert!(Route::parse("/caf%c3%a9/{id}").unwrap().repeats_prefix(&prefix));
    assert!(Route::parse("/café").unwrap().repeats_prefix(&prefix));
    assert!(!Route::parse("/{name}/café").unwrap().repeats_prefix(&prefix));
    assert!(!Route::parse("/cafés").unwrap().repeats_prefix(&prefix));
}
