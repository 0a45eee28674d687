use http::StatusCode;

use super::head;
use crate::auth::{Origin, Scheme, check_origin};

/// Whether a call to `host` with these headers is let in, `https://friend.example:8443` being allowed.
fn passes(host: &str, headers: &[(&str, &str)]) -> bool {
    passes_with(host, headers, None)
}

fn passes_with(host: &str, headers: &[(&str, &str)], scheme: Option<Scheme>) -> bool {
    let mut parts = head("POST", "/comet/call/x", &[&[("host", host)], headers].concat());
    parts.extensions = scheme.map_or_else(Default::default, |scheme| {
        let mut extensions = http::Extensions::new();
        extensions.insert(scheme);
        extensions
    });
    let allowed: [Origin; 1] = ["https://friend.example:8443".parse().unwrap()];
    let checked = check_origin(&parts, &allowed);
    assert!(checked.as_ref().err().is_none_or(|error| error.status() == StatusCode::FORBIDDEN));
    checked.is_ok()
}

#[test]
fn the_own_origin_passes() {
    for (host, origin) in [
        ("app.example", "http://app.example"),
        ("app.example", "https://app.example"),
        ("app.example", "HTTPS://APP.example"),
        ("app.example:443", "https://app.example"),
        ("app.example", "https://app.example:443"),
        ("app.example:80", "http://app.example"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("[0:0::1]:8080", "http://[::1]:8080"),
        ("app.example.", "http://app.example."),
    ] {
        assert!(passes(host, &[("origin", origin)]), "{origin} on {host}");
    }
}

#[test]
fn any_other_origin_is_refused() {
    for (host, origin) in [
        ("app.example", "null"),
        ("app.example", ""),
        ("app.example", "http://evil-app.example"),
        ("app.example", "http://app.example.evil"),
        ("app.example", "http://evil.example"),
        ("app.example", "http://sub.app.example"),
        ("sub.app.example", "http://app.example"),
        ("app.example", "http://app.example."),
        ("app.example.", "http://app.example"),
        ("app.example", "http://app.example:8080"),
        ("app.example:8080", "http://app.example"),
        ("app.example:8080", "http://app.example:8081"),
        ("app.example:80", "https://app.example"),
        ("app.example:443", "http://app.example"),
        ("app.example", "http://app.example/"),
        ("app.example", "http://app.example@evil.example"),
        ("app.example", "http://app.example http://app.example"),
        ("app.example", "http://app.example, http://evil.example"),
        ("app.example", "file://app.example"),
        ("app.example", "chrome-extension://app.example"),
        ("app.example", "app.example"),
        ("localhost:8080", "http://127.0.0.1:8080"),
        ("[::1]:8080", "http://[::2]:8080"),
        ("friend.example", "https://friend.example:8442"),
    ] {
        assert!(!passes(host, &[("origin", origin)]), "{origin} on {host}");
    }
}

#[test]
fn an_allowed_origin_passes_in_full_and_only_in_full() {
    let cross = ("sec-fetch-site", "cross-site");
    assert!(passes("app.example", &[("origin", "https://friend.example:8443"), cross]));
    assert!(passes("app.example", &[("origin", "https://Friend.Example:8443"), cross]));
    for near in [
        "http://friend.example:8443",
        "https://friend.example",
        "https://friend.example:84430",
        "https://a.friend.example:8443",
        "https://friend.example:8443.evil",
    ] {
        assert!(!passes("app.example", &[("origin", near)]), "{near}");
    }
}

#[test]
fn a_known_scheme_counts() {
    let own =
        |origin: &str, scheme| passes_with("app.example", &[("origin", origin)], Some(scheme));
    assert!(own("https://app.example", Scheme::Https));
    assert!(!own("http://app.example", Scheme::Https));
    assert!(own("http://app.example", Scheme::Http));
    assert!(!own("https://app.example", Scheme::Http));
}

#[test]
fn what_the_browser_says_of_the_page_counts() {
    let own = ("origin", "http://app.example");
    for (site, lets_in) in
        [("same-origin", true), ("none", true), ("same-site", false), ("cross-site", false)]
    {
        let site = ("sec-fetch-site", site);
        assert_eq!(passes("app.example", &[site]), lets_in, "{site:?} alone");
        assert_eq!(passes("app.example", &[own, site]), lets_in, "{site:?} with the own origin");
    }
    assert!(!passes("app.example", &[("sec-fetch-site", "Same-Origin")]));
}

#[test]
fn a_request_without_either_header_passes() {
    assert!(passes("app.example", &[]));
}

#[test]
fn several_origins_are_none() {
    let own = ("origin", "http://app.example");
    assert!(!passes("app.example", &[own, own]));
    let site = ("sec-fetch-site", "same-origin");
    assert!(!passes("app.example", &[site, ("sec-fetch-site", "cross-site")]));
}

#[test]
fn a_link_from_elsewhere_can_be_followed_but_not_framed_or_posted() {
    let lets_in = |method: &str, mode: &str, dest: &str| {
        let headers = [
            ("host", "app.example"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", mode),
            ("sec-fetch-dest", dest),
        ];
        check_origin(&head(method, "/report/7", &headers), &[]).is_ok()
    };
    assert!(lets_in("GET", "navigate", "document"));
    assert!(!lets_in("POST", "navigate", "document"));
    assert!(!lets_in("GET", "navigate", "iframe"));
    assert!(!lets_in("GET", "no-cors", "script"));
    assert!(!lets_in("GET", "no-cors", "document"));
}

#[test]
fn a_refusal_names_both_sides_and_the_setting() {
    let parts = head("POST", "/", &[("host", "127.0.0.1:8080"), ("origin", "https://app.example")]);
    assert_eq!(
        check_origin(&parts, &[]).unwrap_err().to_string(),
        "the origin `https://app.example` is not that of this server, `127.0.0.1:8080`; add it to \
         the setting `origins`, or, if a proxy changed the Host header, let the proxy pass it on"
    );
}

#[test]
fn only_whole_origins_can_be_allowed() {
    for wrong in
        ["app.example", "https://", "https://a/", "https://*.a.example", "null", "://a", "*"]
    {
        assert!(wrong.parse::<Origin>().is_err(), "{wrong}");
    }
}
