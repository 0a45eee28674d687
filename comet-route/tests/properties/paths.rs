//! What a path must be to match, and the normal form it must have.

use comet_route::{DecodeError, Route, decode, normalize_path};
use proptest::prelude::*;

fn matches(route: &str, path: &str) -> bool {
    Route::parse(route).unwrap().matches(path).is_some()
}

#[test]
fn the_root_is_one_path() {
    assert!(matches("/", "/"));
    assert!(!matches("/", ""));
    assert!(!matches("/", "//"));
    assert!(!matches("/{x}", "/"));
    assert!(!matches("/{*x}", "/"));
}

#[test]
fn a_parameter_is_one_segment_that_is_not_empty() {
    assert!(matches("/a/{x}", "/a/b"));
    for path in ["/a", "/a/", "/a//", "/a/b/", "/a/b/c", "a/b", "/A/b"] {
        assert!(!matches("/a/{x}", path), "{path}");
    }
}

#[test]
fn a_rest_is_one_character_or_more() {
    for path in ["/f/a", "/f/a/b", "/f/a/", "/f//", "/f//a"] {
        assert!(matches("/f/{*p}", path), "{path}");
    }
    for path in ["/f", "/f/", "/g/a"] {
        assert!(!matches("/f/{*p}", path), "{path}");
    }
}

#[test]
fn escaped_slashes_do_not_split() {
    let route = Route::parse("/a/{x}").unwrap();
    let normal = normalize_path("/a/b%2fc");
    assert_eq!(route.matches(&normal), Some(vec![("x", "b%2Fc")]));
    assert_eq!(decode("b%2Fc").unwrap(), "b/c");
}

#[test]
fn the_normal_form_is_that_of_static_segments() {
    for (path, normal) in [
        ("/plain/path", "/plain/path"),
        ("/caf%c3%a9", "/caf%C3%A9"),
        ("/café", "/caf%C3%A9"),
        ("/%41%7e%2D", "/A~-"),
        ("/a%3ab/a:b", "/a%3Ab/a:b"),
        ("/%2f/%25", "/%2F/%25"),
        ("/{x}|\"", "/%7Bx%7D%7C%22"),
        ("/100%", "/100%25"),
        ("/%zz/%4", "/%25zz/%254"),
        ("/%4%31", "/%2541"),
        ("/a/./b/../c//", "/a/./b/../c//"),
        ("/%2e%2e", "/.."),
        ("", ""),
    ] {
        assert_eq!(normalize_path(path), normal, "for {path}");
    }
}

#[test]
fn decoding_says_where_it_fails() {
    assert_eq!(decode("a+b"), Ok("a+b".into()));
    assert_eq!(decode("%25zz"), Ok("%zz".into()));
    assert_eq!(decode("ab%2"), Err(DecodeError::BadEscape(2)));
    assert_eq!(decode("%"), Err(DecodeError::BadEscape(0)));
    assert_eq!(decode("%é0"), Err(DecodeError::BadEscape(0)));
    assert_eq!(decode("a%C3b"), Err(DecodeError::NotUtf8(1)));
    let error = decode("a%ED%A0%80").unwrap_err();
    assert_eq!(error.to_string(), "the decoded bytes are not UTF-8 from byte 1 on");
    let error = decode("a%zz").unwrap_err();
    assert_eq!(error.to_string(), "the `%` at byte 1 begins no percent escape");
}

proptest! {
    #[test]
    fn the_normal_form_is_stable_and_keeps_the_meaning(
        path in prop_oneof![any::<String>(), "(/|%|[0-9a-fA-F]|%[0-9a-fA-F]{2}|[.~é{ ]){0,12}"]
    ) {
        let normal = normalize_path(&path);
        prop_assert!(normal.is_ascii());
        prop_assert_eq!(normalize_path(&normal), &*normal);
        prop_assert_eq!(normal.matches('/').count(), path.matches('/').count());
        prop_assert!(!matches!(decode(&normal), Err(DecodeError::BadEscape(_))));
        if let Ok(text) = decode(&path) {
            prop_assert_eq!(decode(&normal).unwrap(), text);
        }
    }
}
