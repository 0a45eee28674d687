//! JSON as somebody writes it by hand in a script: `{ name: "Ann", tags: [1, 2] }`. The value is the same.

/// Writes JSON as a literal of JavaScript that nothing in can end the script, or a line of it.
pub(super) fn literal(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '"' => string(rest, &mut out),
            '{' if rest[1..].trim_start().starts_with('}') => {
                out.push_str("{}");
                &rest[1..].trim_start()[1..]
            }
            '{' => put(&mut out, "{ ", rest),
            '}' => put(&mut out, " }", rest),
            ':' => put(&mut out, ": ", rest),
            ',' => put(&mut out, ", ", rest),
            _ => {
                // Outside of strings JSON is ASCII, and what is white there says nothing.
                out.extend((!first.is_ascii_whitespace()).then_some(first));
                &rest[first.len_utf8()..]
            }
        };
    }
    out
}

fn put<'j>(out: &mut String, text: &str, rest: &'j str) -> &'j str {
    out.push_str(text);
    &rest[1..]
}

/// Writes the string at the start, without quotes where it is a key that needs none, and hands back what follows it.
fn string<'j>(json: &'j str, out: &mut String) -> &'j str {
    let (string, rest) = json.split_at(end(json));
    let name = string.get(1..string.len().max(2) - 1).unwrap_or_default();
    if rest.trim_start().starts_with(':') && is_name(name) {
        out.push_str(name);
    } else {
        escape(string, out);
    }
    rest
}

/// Where the string at the start ends, its closing quote with it.
fn end(json: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in json.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    json.len()
}

/// Whether JavaScript takes it for a name. A key `__proto__` would be no field like others.
pub(super) fn is_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
    text.bytes().all(fits) && text.starts_with(|c: char| !c.is_ascii_digit()) && text != "__proto__"
}

fn escape(string: &str, out: &mut String) {
    for character in string.chars() {
        match character {
            '<' => out.push_str("\\u003c"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn g_20_a_value_is_written_as_by_hand() {
        for (json, wanted) in [
            (r#"{"name":"Ann","message":"Hi"}"#, r#"{ name: "Ann", message: "Hi" }"#),
            (
                r#"{"a b":1,"1x":[true,null],"$y":{}}"#,
                r#"{ "a b": 1, "1x": [true, null], $y: {} }"#,
            ),
            (r#""say \"no\", {x:1} \\""#, r#""say \"no\", {x:1} \\""#),
            (r#"{"k\"":"v"}"#, r#"{ "k\"": "v" }"#),
            ("{ \"a\" :\t-1.5e3 }", "{ a: -1.5e3 }"),
            (r#"["",{"":""}]"#, r#"["", { "": "" }]"#),
            (r#"{"__proto__":1}"#, r#"{ "__proto__": 1 }"#),
            ("\"ä🌍\"", "\"ä🌍\""),
            ("", ""),
        ] {
            assert_eq!(literal(json), wanted);
        }
    }

    #[test]
    fn g_20_nothing_ends_the_script() {
        let json = "[\"</script><!--\u{2028}\u{2029}\"]";
        assert_eq!(literal(json), r#"["\u003c/script>\u003c!--\u2028\u2029"]"#);
    }

    #[test]
    fn what_is_no_json_does_not_panic() {
        for text in ["\"", "{\"", "\"\\", "{\"a\"", "}{", "\"é", "{"] {
            let _ = literal(text);
        }
    }
}
