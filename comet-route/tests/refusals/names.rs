//! What stands between the braces, and names used twice.

use crate::refuse;

#[test]
fn names() {
    refuse(&[
        (
            "/{}",
            "{}",
            "`{}` is not a valid argument name",
            "name the argument that receives it: `{id}`",
        ),
        (
            "/{*}",
            "{*}",
            "`{*}` is not a valid argument name",
            "name the argument that receives it: `{*rest}`",
        ),
        ("/{id:u64}", "{id:u64}", "the type comes from the argument", "write `{id}`"),
        ("/{:id}", "{:id}", "the type comes from the argument", "write `{id}`"),
        (
            "/{*path:String}",
            "{*path:String}",
            "the type comes from the argument",
            "write `{*path}`",
        ),
        (
            "/{task-id}",
            "{task-id}",
            "route parameter `task-id` is not a valid Rust name",
            "write `{task_id}` and name the argument `task_id`",
        ),
        (
            "/{*task-id}",
            "{*task-id}",
            "route parameter `task-id` is not a valid Rust name",
            "write `{*task_id}` and name the argument `task_id`",
        ),
        (
            "/{ id }",
            "{ id }",
            "route parameter ` id ` is not a valid Rust name",
            "write `{id}` and name the argument `id`",
        ),
        (
            "/{2fa}",
            "{2fa}",
            "route parameter `2fa` is not a valid Rust name",
            "write `{_2fa}` and name the argument `_2fa`",
        ),
        (
            "/{größe}",
            "{größe}",
            "route parameter `größe` is not an ASCII name",
            "use ASCII letters, digits and `_`, such as `{id}`",
        ),
        (
            "/{%}",
            "{%}",
            "route parameter `%` is not a valid Rust name",
            "use ASCII letters, digits and `_`, such as `{id}`",
        ),
        (
            "/{r#type}",
            "{r#type}",
            "route parameter `r#type` is not a valid Rust name",
            "write `{type}` and name the argument `r#type`",
        ),
        ("/{self}", "{self}", "`{self}` cannot name an argument", "choose a name such as `{id}`"),
        ("/{Self}", "{Self}", "`{Self}` cannot name an argument", "choose a name such as `{id}`"),
        (
            "/{super}",
            "{super}",
            "`{super}` cannot name an argument",
            "choose a name such as `{id}`",
        ),
        (
            "/{crate}",
            "{crate}",
            "`{crate}` cannot name an argument",
            "choose a name such as `{id}`",
        ),
        ("/{_}", "{_}", "`{_}` cannot name an argument", "choose a name such as `{id}`"),
        (
            "/{*self}",
            "{*self}",
            "`{*self}` cannot name an argument",
            "choose a name such as `{id}`",
        ),
        (
            "/{id}/{id}",
            "{id}",
            "`{id}` appears twice in the route",
            "give each placeholder a name of its own",
        ),
        (
            "/{id}/{id}/{id}",
            "{id}",
            "`{id}` appears twice in the route",
            "give each placeholder a name of its own",
        ),
        (
            "/{id}?{id}",
            "{id}",
            "`{id}` appears twice in the route",
            "give each placeholder a name of its own",
        ),
        (
            "/{p}/{*p}",
            "{*p}",
            "`{p}` appears twice in the route",
            "give each placeholder a name of its own",
        ),
        (
            "/a?{x}&{x}",
            "{x}",
            "`{x}` appears twice in the route",
            "give each placeholder a name of its own",
        ),
        (
            "/{*p}/x",
            "{*p}",
            "`{*p}` matches the rest of the path, so it must come last",
            "move it to the end, or take one segment with `{p}`",
        ),
        (
            "/{*p}/{*q}",
            "{*p}",
            "`{*p}` matches the rest of the path, so it must come last",
            "move it to the end, or take one segment with `{p}`",
        ),
    ]);
}
