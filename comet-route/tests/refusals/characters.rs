//! Characters and escapes of static segments.

use crate::refuse;

#[test]
fn characters_and_escapes() {
    refuse(&[
        ("/a b c", " ", "` ` is not allowed in a route", "percent-encode it: `a%20b%20c`"),
        (
            "/a\u{a0}b",
            "\u{a0}",
            r#"`\u{a0}` is not allowed in a route"#,
            "percent-encode it: `a%C2%A0b`",
        ),
        (
            "/a\u{200b}b",
            "\u{200b}",
            r#"`\u{200b}` is not allowed in a route"#,
            "percent-encode it: `a%E2%80%8Bb`",
        ),
        (
            "/a#frag",
            "#",
            "`#` is not allowed in a route",
            "a fragment never reaches the server: leave it out, or write `%23` for the character itself",
        ),
        (
            "/a\nb",
            "\n",
            r#"`\n` is not allowed in a route"#,
            "leave it out: no client sends control characters",
        ),
        (
            "/a\0b",
            "\0",
            r#"`\u{0}` is not allowed in a route"#,
            "leave it out: no client sends control characters",
        ),
        (r#"/a"b"#, r#"""#, r#"`\"` is not allowed in a route"#, "percent-encode it: `a%22b`"),
        (r#"/a\b"#, r#"\"#, r#"`\\` is not allowed in a route"#, "percent-encode it: `a%5Cb`"),
        ("/a|b", "|", "`|` is not allowed in a route", "percent-encode it: `a%7Cb`"),
        (
            "/%zz",
            "%zz",
            "`%zz` is not a percent escape",
            "an escape is `%` and two hex digits; write `%25` for a percent sign",
        ),
        (
            "/100%",
            "%",
            "`%` is not a percent escape",
            "an escape is `%` and two hex digits; write `%25` for a percent sign",
        ),
        (
            "/a%2",
            "%2",
            "`%2` is not a percent escape",
            "an escape is `%` and two hex digits; write `%25` for a percent sign",
        ),
        (
            "/%fé",
            "%fé",
            "`%fé` is not a percent escape",
            "an escape is `%` and two hex digits; write `%25` for a percent sign",
        ),
    ]);
}
