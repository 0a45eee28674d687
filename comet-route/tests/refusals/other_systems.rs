//! Parameters in the syntax of other systems.

use crate::refuse;

#[test]
fn syntaxes_of_other_systems() {
    refuse(&[
        (
            "/:id",
            ":id",
            "route parameters are written `{id}`, not `:id`",
            "write `{id}` and name the argument `id`",
        ),
        (
            "/:id?",
            ":id",
            "route parameters are written `{id}`, not `:id`",
            "write `{id}` and name the argument `id`",
        ),
        (
            r#"/:id(\d+)"#,
            r#":id(\d+)"#,
            r#"route parameters are written `{id}`, not `:id(\\d+)`"#,
            "write `{id}` and name the argument `id`",
        ),
        (
            "/:path*",
            ":path*",
            "the rest of the path is written `{*path}`, not `:path*`",
            "write `{*path}` and name the argument `path`",
        ),
        (
            "/<id>",
            "<id>",
            "route parameters are written `{id}`, not `<id>`",
            "write `{id}` and name the argument `id`",
        ),
        (
            "/<int:id>",
            "<int:id>",
            "route parameters are written `{id}`, not `<int:id>`",
            "write `{id}` and name the argument `id`",
        ),
        (
            "/<path:p>",
            "<path:p>",
            "the rest of the path is written `{*p}`, not `<path:p>`",
            "write `{*p}` and name the argument `p`",
        ),
        (
            "/<p..>",
            "<p..>",
            "the rest of the path is written `{*p}`, not `<p..>`",
            "write `{*p}` and name the argument `p`",
        ),
        (
            "/[id]",
            "[id]",
            "route parameters are written `{id}`, not `[id]`",
            "write `{id}` and name the argument `id`",
        ),
        (
            "/[...slug]",
            "[...slug]",
            "the rest of the path is written `{*slug}`, not `[...slug]`",
            "write `{*slug}` and name the argument `slug`",
        ),
        (
            "/%@",
            "%@",
            "route parameters are written `{name}`, not `%@`",
            "write `{name}` and name the argument `name`",
        ),
        (
            "/a/%d/b",
            "%d",
            "route parameters are written `{name}`, not `%d`",
            "write `{name}` and name the argument `name`",
        ),
        (
            "/*",
            "*",
            "the rest of the path is written `{*rest}`, not `*`",
            "write `{*rest}` and name the argument `rest`",
        ),
        (
            "/*rest",
            "*rest",
            "the rest of the path is written `{*rest}`, not `*rest`",
            "write `{*rest}` and name the argument `rest`",
        ),
        (
            "/**",
            "**",
            "the rest of the path is written `{*rest}`, not `**`",
            "write `{*rest}` and name the argument `rest`",
        ),
        (
            "/{path*}",
            "{path*}",
            "the rest of the path is written `{*path}`, not `{path*}`",
            "write `{*path}` and name the argument `path`",
        ),
        (
            "/{path..}",
            "{path..}",
            "the rest of the path is written `{*path}`, not `{path..}`",
            "write `{*path}` and name the argument `path`",
        ),
        (
            "/{...path}",
            "{...path}",
            "the rest of the path is written `{*path}`, not `{...path}`",
            "write `{*path}` and name the argument `path`",
        ),
        (
            "/{**path}",
            "{**path}",
            "the rest of the path is written `{*path}`, not `{**path}`",
            "write `{*path}` and name the argument `path`",
        ),
        (
            "/{path:.*}",
            "{path:.*}",
            "the rest of the path is written `{*path}`, not `{path:.*}`",
            "write `{*path}` and name the argument `path`",
        ),
    ]);
}
