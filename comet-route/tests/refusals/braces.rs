//! Braces without a partner, and parameters that are not a whole segment.

use crate::refuse;

#[test]
fn braces_and_partial_segments() {
    refuse(&[
        (
            "/{id",
            "{id",
            "unclosed `{` in the route",
            "write `{id}`, or `%7B` for the character itself",
        ),
        (
            "/{id/x}",
            "{id",
            "unclosed `{` in the route",
            "write `{id}`, or `%7B` for the character itself",
        ),
        (
            "/id}/x",
            "}",
            "`}` without a `{` before it",
            "write `{id}`, or `%7D` for the character itself",
        ),
        (
            "/{{id}}",
            "{{",
            "braces are not doubled in a route",
            "write `{id}`, or `%7B` and `%7D` for the characters themselves",
        ),
        (
            "/{id:[a-z]{2}}",
            "{",
            "`{` inside a parameter",
            "a parameter is only a name: write `{id}`",
        ),
        ("/{id:[^/]+}", "{id:[^", "the type comes from the argument", "write `{id}`"),
        (
            "/{id?}",
            "{id?}",
            "a path parameter is always present, so `{id?}` cannot be optional",
            "write `{id}`, or `?{id}` with an `Option` argument",
        ),
        (
            "/x{id}",
            "x{id}",
            "a parameter must be a whole segment: `x{id}`",
            "take the whole segment with `{id}` and split it in the handler",
        ),
        (
            "/{a}-{b}",
            "{a}-{b}",
            "a parameter must be a whole segment: `{a}-{b}`",
            "take the whole segment with `{a}` and split it in the handler",
        ),
        (
            "/{a}{b}",
            "{a}{b}",
            "a parameter must be a whole segment: `{a}{b}`",
            "take the whole segment with `{a}` and split it in the handler",
        ),
    ]);
}
