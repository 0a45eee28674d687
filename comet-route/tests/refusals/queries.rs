//! What is behind the `?`.

use crate::refuse;

#[test]
fn query_parameters() {
    refuse(&[
        (
            "/a?",
            "?",
            "no query parameter follows the `?`",
            r#"write "/a", or name a query parameter: "/a?{name}""#,
        ),
        (
            "/?",
            "?",
            "no query parameter follows the `?`",
            r#"write "/", or name a query parameter: "/?{name}""#,
        ),
        (
            "/a?id",
            "id",
            "query parameters are written `?{name}&{other}`, found `id`",
            "write `{id}` and name the argument `id`",
        ),
        (
            "/a?id={id}",
            "id={id}",
            "query parameters are written `?{name}&{other}`, found `id={id}`",
            "write `{id}`: the parameter has the name of the argument",
        ),
        (
            "/a?{id}={id}",
            "{id}={id}",
            "query parameters are written `?{name}&{other}`, found `{id}={id}`",
            "write `{id}`: the parameter has the name of the argument",
        ),
        (
            "/a?x{id}",
            "x{id}",
            "query parameters are written `?{name}&{other}`, found `x{id}`",
            "write `{id}` and name the argument `id`",
        ),
        (
            "/a?{*x}",
            "{*x}",
            "`{*x}` cannot stand in the query",
            "only a path has a rest: write `{x}`",
        ),
        (
            "/a?{task-id}",
            "{task-id}",
            "route parameter `task-id` is not a valid Rust name",
            "write `{task_id}` and name the argument `task_id`",
        ),
        (
            "/a?{a}&&{b}",
            "",
            "the route has an empty query parameter",
            "write one `&` between two parameters",
        ),
        (
            "/a?{a}&",
            "",
            "the route has an empty query parameter",
            "write one `&` between two parameters",
        ),
        (
            "/a?{a},{b}",
            "{a},{b}",
            "query parameters are written `?{name}&{other}`, found `{a},{b}`",
            "write `{a}` and name the argument `a`",
        ),
        (
            "/a?{a}?{b}",
            "{a}?{b}",
            "query parameters are written `?{name}&{other}`, found `{a}?{b}`",
            "write `&` between two query parameters",
        ),
        (
            "/a?{a}/x",
            "{a}/x",
            "query parameters are written `?{name}&{other}`, found `{a}/x`",
            "the query comes last: write the path before the `?`",
        ),
        (
            "/a?{a}#f",
            "#",
            "`#` is not allowed in a route",
            "a fragment never reaches the server: leave it out",
        ),
        (
            "/a?{a",
            "{a",
            "unclosed `{` in the route",
            "write `{a}`, or `%7B` for the character itself",
        ),
    ]);
}
