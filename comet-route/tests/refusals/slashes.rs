//! Slashes, and what makes a path absolute.

use crate::refuse;

#[test]
fn slashes() {
    refuse(&[
        ("", "", "a route starts with `/`", r#"write "/" for the root"#),
        ("tasks", "t", "a route starts with `/`", r#"write "/tasks""#),
        ("tasks/{id}", "t", "a route starts with `/`", r#"write "/tasks/{id}""#),
        ("?{a}", "?", "a route starts with `/`", r#"write "/?{a}""#),
        ("//", "//", "the route has an empty segment (`//`)", r#"write "/""#),
        ("/a//b", "//", "the route has an empty segment (`//`)", r#"write "/a/b""#),
        ("//a//b/", "//", "the route has an empty segment (`//`)", r#"write "/a/b""#),
        ("/a/", "/", "a route does not end with `/`", r#"write "/a""#),
        ("/a/?{q}", "/", "a route does not end with `/`", r#"write "/a?{q}""#),
        ("/{*p}/", "/", "a route does not end with `/`", r#"write "/{*p}""#),
        (
            "http://x.org/a/b",
            "http://x.org",
            "a route has no scheme and no host",
            r#"write "/a/b""#,
        ),
        ("http://x.org", "http://x.org", "a route has no scheme and no host", r#"write "/""#),
        (
            "/./a",
            ".",
            "`.` cannot be a segment of a route",
            "clients resolve `.` and `..` before they send a request: write the path that is meant",
        ),
        (
            "/a/..",
            "..",
            "`..` cannot be a segment of a route",
            "clients resolve `.` and `..` before they send a request: write the path that is meant",
        ),
        (
            "/%2e%2E/a",
            "%2e%2E",
            "`%2e%2E` cannot be a segment of a route",
            "clients resolve `.` and `..` before they send a request: write the path that is meant",
        ),
    ]);
}
