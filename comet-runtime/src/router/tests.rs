#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use http::{Method, StatusCode, header};

use super::{Bound, Router};
use crate::error::Error;
use crate::registry::Endpoint;
use crate::registry::tests::sample;

type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

/// A router of endpoints `(method, routes, names)`; the first route, or else the first name, is the handler's name.
fn router(rows: &[Row]) -> (Router, Vec<String>) {
    let (mut router, mut clashes) = (Router::default(), Vec::new());
    for (line, &(method, routes, names)) in (1..).zip(rows) {
        let handler = routes.first().or(names.first()).unwrap();
        let endpoint = Endpoint { method, routes, names, ..sample(handler, "src/lib.rs", line) };
        let bound = Arc::new(Bound::new(Box::leak(Box::new(endpoint))).unwrap());
        let clash = |clash: &super::Clash| {
            format!("{}: {} and {}", clash.what, clash.first.at, clash.second.at)
        };
        clashes.extend(router.add(&bound).iter().map(clash));
    }
    (router, clashes)
}

fn routes(rows: &[Row]) -> Router {
    let (router, clashes) = router(rows);
    assert_eq!(clashes, Vec::<String>::new());
    router
}

/// The handler of a request, or its refusal.
fn at<'r>(router: &'r Router, method: &str, path: &str) -> Option<Result<&'r str, Error>> {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    router.at(&method, path).map(|found| found.map(|(bound, _)| bound.endpoint.handler))
}

fn handler<'r>(router: &'r Router, method: &str, path: &str) -> &'r str {
    at(router, method, path).unwrap_or_else(|| panic!("{path} is nothing")).unwrap()
}

#[test]
fn a_static_segment_beats_a_placeholder_which_beats_a_rest() {
    let router = routes(&[
        ("GET", &["/users/{id}"], &[]),
        ("GET", &["/users/me"], &[]),
        ("GET", &["/users/{*rest}"], &[]),
        ("GET", &["/{*all}"], &[]),
    ]);
    assert_eq!(handler(&router, "GET", "/users/me"), "/users/me");
    assert_eq!(handler(&router, "GET", "/users/7"), "/users/{id}");
    assert_eq!(handler(&router, "GET", "/users/7/pets"), "/users/{*rest}");
    assert_eq!(handler(&router, "GET", "/pets"), "/{*all}");
}

#[test]
fn values_are_decoded_and_must_be_text() {
    let router = routes(&[("GET", &["/t/{id}/{*rest}"], &[])]);
    let values = |path| router.at(&Method::GET, path).unwrap().map(|(_, values)| values);
    let found = values("/t/a%20b%2Fc/d/%C3%A4").unwrap();
    assert_eq!((found.path("id"), found.path("rest")), (Some("a b/c"), Some("d/ä")));
    assert_eq!(found.path("other"), None);
    let error = values("/t/%ff/d").unwrap_err();
    assert_eq!(error.status(), StatusCode::BAD_REQUEST);
    assert_eq!(error.to_string(), "`id` in the URL is not UTF-8");
}

#[test]
fn a_wrong_method_is_told_the_right_ones() {
    let router = routes(&[("GET", &["/a"], &[]), ("PUT", &["/{x}"], &[]), ("POST", &["/b"], &[])]);
    let refused = |method, path| {
        let error = at(&router, method, path).unwrap().unwrap_err();
        assert_eq!(error.status(), StatusCode::METHOD_NOT_ALLOWED);
        let allow = error.headers().iter().find(|(name, _)| *name == header::ALLOW).unwrap();
        (allow.1.to_str().unwrap().to_owned(), error.to_string())
    };
    let refusal = |allow: &str, method: &str| {
        (allow.to_owned(), format!("{method} is not allowed here; use {allow}"))
    };
    assert_eq!(refused("DELETE", "/a"), refusal("GET, HEAD, PUT", "DELETE"));
    assert_eq!(refused("GET", "/b"), refusal("POST, PUT", "GET"));
    assert_eq!(refused("HEAD", "/b"), refusal("POST, PUT", "HEAD"));
    assert!(at(&router, "GET", "/a/b").is_none());
    assert_eq!(router.methods_at("/a"), ["GET", "HEAD", "PUT"]);
    assert!(router.methods_at("/a/b").is_empty());
}

#[test]
fn head_is_get() {
    let router = routes(&[("GET", &["/a"], &[])]);
    assert_eq!(handler(&router, "HEAD", "/a"), "/a");
}

#[test]
fn any_method_is_any_unless_another_route_is_nearer() {
    let router = routes(&[
        ("*", &["/{x}"], &[]),
        ("GET", &["/a"], &[]),
        ("*", &["/b/c"], &[]),
        ("GET", &["/b/{y}"], &[]),
    ]);
    assert_eq!(handler(&router, "GET", "/a"), "/a");
    assert_eq!(handler(&router, "POST", "/a"), "/{x}");
    assert_eq!(handler(&router, "BREW", "/z"), "/{x}");
    assert_eq!(handler(&router, "GET", "/b/c"), "/b/c");
    assert_eq!(handler(&router, "GET", "/b/d"), "/b/{y}");
}

#[test]
fn two_handlers_on_one_route_clash_whatever_their_placeholders_are_called() {
    let clashes = |rows: &[Row]| router(rows).1;
    assert_eq!(
        clashes(&[("GET", &["/t/{id}"], &[]), ("GET", &["/t/{task}"], &[])]),
        ["GET /t/{task}: src/lib.rs:1:1 and src/lib.rs:2:1"]
    );
    assert_eq!(
        clashes(&[("*", &["/t"], &[]), ("POST", &["/t"], &[])]),
        ["POST /t: src/lib.rs:1:1 and src/lib.rs:2:1"]
    );
    assert_eq!(
        clashes(&[("POST", &["/t"], &[]), ("*", &["/t"], &[])]),
        ["any method of /t: src/lib.rs:1:1 and src/lib.rs:2:1"]
    );
    assert_eq!(
        clashes(&[("GET", &["/a"], &["x", "y"]), ("POST", &["/a"], &["y", "x"])]),
        [
            "the call `y`: src/lib.rs:1:1 and src/lib.rs:2:1",
            "the call `x`: src/lib.rs:1:1 and src/lib.rs:2:1"
        ]
    );
    assert_eq!(
        clashes(&[("GET", &["/a"], &[]), ("POST", &["/a"], &[]), ("GET", &["/{a}"], &[])]),
        [""; 0]
    );
}

#[test]
fn what_was_there_first_stays() {
    let (router, clashes) =
        router(&[("GET", &["/a", "/b"], &["x"]), ("GET", &["/b", "/c"], &["x"])]);
    assert_eq!(clashes.len(), 2);
    assert_eq!(handler(&router, "GET", "/b"), "/a");
    assert_eq!(handler(&router, "GET", "/c"), "/b");
    assert_eq!(router.named("x").unwrap().endpoint.handler, "/a");
}

#[test]
fn an_unknown_name_is_told_the_nearest() {
    let router = routes(&[("POST", &[], &["import"]), ("POST", &[], &["export"])]);
    assert_eq!(router.named("import").unwrap().endpoint.handler, "import");
    let told = |name| {
        let error = router.named(name).unwrap_err();
        assert_eq!(error.status(), StatusCode::NOT_FOUND);
        error.to_string()
    };
    assert_eq!(told("imprt"), "no handler is called `imprt`; did you mean `import`?");
    assert_eq!(told("IMPORT"), "no handler is called `IMPORT`; did you mean `import`?");
    assert_eq!(told("delete"), "no handler is called `delete`");
    assert_eq!(told("a\n\u{1b}b"), "no handler is called `a\\n\\u{1b}b`");
}

#[test]
fn of_two_names_equally_near_always_the_same_is_told() {
    for _ in 0..20 {
        let router = routes(&[
            ("POST", &[], &["save_b"]),
            ("POST", &[], &["save_a"]),
            ("POST", &[], &["save_c"]),
        ]);
        let told = router.named("save_x").unwrap_err().to_string();
        assert_eq!(told, "no handler is called `save_x`; did you mean `save_a`?");
    }
}

#[test]
fn an_unknown_path_is_told_the_nearest_route_of_any_method() {
    let router = routes(&[("GET", &["/tasks/{id}"], &[]), ("POST", &["/import"], &[])]);
    let told = |path| {
        let error = router.nothing_at(path);
        assert_eq!(error.status(), StatusCode::NOT_FOUND);
        error.to_string()
    };
    assert_eq!(told("/task/7"), "nothing is at `/task/7`; did you mean `/tasks/{id}`?");
    assert_eq!(told("/imprt"), "nothing is at `/imprt`; did you mean `/import`?");
    assert_eq!(told("/favicon.ico"), "nothing is at `/favicon.ico`");
}

#[test]
fn the_nearest_route_of_all_methods_is_told_and_not_the_first_one() {
    let router = routes(&[("GET", &["/reports"], &[]), ("POST", &["/report"], &[])]);
    let told = router.nothing_at("/repor").to_string();
    assert_eq!(told, "nothing is at `/repor`; did you mean `/report`?");
}
