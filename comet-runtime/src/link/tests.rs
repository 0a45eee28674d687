#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::{pairs, rest, segment, url};
use crate::extract::{query_parameter, route_parameter};

#[test]
fn empty_pieces_of_a_query_leave_nothing_behind() {
    for (formatted, wanted) in [
        ("/a", "/a"),
        ("/a?", "/a"),
        ("/a?&", "/a"),
        ("/a?&&", "/a"),
        ("/a?x=1", "/a?x=1"),
        ("/a?&x=1&&y=2&", "/a?x=1&y=2"),
        ("/", "/"),
    ] {
        assert_eq!(url("", format_args!("{formatted}")).as_str(), wanted, "{formatted}");
    }
}

#[test]
fn a_prefix_and_a_mount_go_before_it() {
    assert_eq!(url("/jobs", format_args!("/")).as_str(), "/jobs");
    assert_eq!(url("/jobs", format_args!("/7?x=1")).as_str(), "/jobs/7?x=1");
    let url = url("", format_args!("/a?x=1"));
    for (mount, wanted) in
        [("/", "/a?x=1"), ("", "/a?x=1"), ("/app", "/app/a?x=1"), ("/app/", "/app/a?x=1")]
    {
        assert_eq!(url.under(mount), wanted, "{mount}");
    }
    assert_eq!((url.to_string(), url.as_ref()), ("/a?x=1".to_owned(), "/a?x=1"));
}

#[test]
fn no_value_leads_a_link_elsewhere() {
    let hostile = "../a/b?c&d#e%f g\n";
    let segment = segment(route_parameter::<str>("a"), &hostile);
    let rest = rest(route_parameter::<str>("b"), &hostile);
    let pairs = pairs(query_parameter::<str>("q"), &hostile);
    let url = url("", format_args!("/t/{segment}/f/{rest}?{pairs}"));
    let (path, query) = url.as_str().split_once('?').unwrap();
    assert_eq!(path.split('/').nth(2).unwrap(), "..%2Fa%2Fb%3Fc&d%23e%25f%20g%0A");
    assert!(!path[1..].contains(['?', '#', ' ', '\n']), "{path}");
    assert_eq!(query.matches('&').count(), 0, "{query}");
    let read: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    assert_eq!(read, [("q".to_owned(), hostile.to_owned())]);
}
