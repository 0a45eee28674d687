use http::{StatusCode, Version};
use proptest::prelude::*;

use super::head;
use crate::auth::Authority;

fn parse(text: &str) -> Option<String> {
    Authority::parse(text.as_bytes()).ok().map(|authority| authority.to_string())
}

#[test]
fn hosts_have_one_spelling() {
    assert_eq!(parse("App.Example").as_deref(), Some("app.example"));
    assert_eq!(parse("app.example:0080").as_deref(), Some("app.example:80"));
    assert_eq!(parse("app.example.").as_deref(), Some("app.example."));
    assert_eq!(parse("127.0.0.1:8080").as_deref(), Some("127.0.0.1:8080"));
    assert_eq!(parse("[0:0:0:0:0:0:0:1]:1").as_deref(), Some("[::1]:1"));
    assert_eq!(parse("my_host~1-2").as_deref(), Some("my_host~1-2"));
}

#[test]
fn what_is_no_host_is_refused() {
    for wrong in [
        "",
        ":80",
        "user@host",
        "user:word@host",
        "host:",
        "host:http",
        "host:65536",
        "host:80:80",
        "host/path",
        "ho st",
        "[::1",
        "::1",
        "[v1.x]",
        "host,other",
        "h%6fst",
        "*",
        "*.example",
        "höst",
        "host\0",
    ] {
        assert_eq!(parse(wrong), None, "{wrong:?}");
    }
}

#[test]
fn a_request_has_one_authority() {
    let of = |target: &str, headers: &[(&str, &str)]| {
        Authority::of(&head("GET", target, headers)).map(|authority| authority.to_string())
    };
    assert_eq!(of("/", &[("host", "a.example")]).unwrap(), "a.example");
    assert_eq!(of("http://A.example/", &[("host", "a.example")]).unwrap(), "a.example");
    for (target, headers, detail) in [
        ("/", vec![], "the request has no Host header"),
        ("http://a.example/", vec![], "the request has no Host header"),
        ("/", vec![("host", "a"), ("host", "a")], "the request has more than one Host header"),
        (
            "http://b.example/",
            vec![("host", "a.example")],
            "the request's Host header and its target name different hosts",
        ),
        ("/", vec![("host", "a b")], "`a b` is not a host such as app.example or app.example:8080"),
    ] {
        let error = of(target, &headers).unwrap_err();
        assert_eq!((error.status(), error.to_string()), (StatusCode::BAD_REQUEST, detail.into()));
    }
}

#[test]
fn http2_may_name_its_authority_in_the_target_alone() {
    let mut parts = head("GET", "http://a.example:1/", &[]);
    parts.version = Version::HTTP_2;
    assert_eq!(Authority::of(&parts).unwrap().to_string(), "a.example:1");
}

proptest! {
    #[test]
    fn what_was_read_reads_again(text in "[a-zA-Z0-9:.\\[\\]@_-]{0,30}") {
        if let Some(spelled) = parse(&text) {
            prop_assert_eq!(parse(&spelled), Some(spelled));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let _: Result<_, _> = Authority::parse(&bytes);
    }
}
