//! JSON in scripts: written as Sijax writes it, and nothing in it can end the script.

use serde::Serialize;

/// A value as JSON; what has no JSON form is `null`.
pub(super) fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// A text as Python's `json.dumps` writes it, where all but ASCII is escaped.
pub(super) fn ascii(text: &str) -> String {
    let mut out = String::new();
    for character in json(text).chars() {
        if character.is_ascii() {
            out.push(character);
            continue;
        }
        let mut units = [0; 2];
        for unit in character.encode_utf16(&mut units) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    }
    fit(&out)
}

/// JSON as it may stand in a `<script>` of an HTML document: the same value, and the same bytes but for what would end
/// the script or a line of it.
pub(super) fn fit(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find(['<', '\u{2028}', '\u{2029}']) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let (written, taken) = match found.as_bytes() {
            [b'<', b'/', name @ ..] if begins(name, b"script") => (r"<\/", 2),
            [b'<', b'!', b'-', b'-', ..] => (r"\u003c!--", 4),
            [b'<', ..] => ("<", 1),
            [_, _, 0xa8, ..] => (r"\u2028", 3),
            _ => (r"\u2029", 3),
        };
        out.push_str(written);
        rest = &found[taken..];
    }
    out + rest
}

fn begins(text: &[u8], word: &[u8]) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::{ascii, fit};

    #[test]
    fn s_19_nothing_ends_the_script_and_the_rest_stays_as_it_is() {
        for (json, wanted) in [
            (r#"["<b>x</b> & 'y'"]"#, r#"["<b>x</b> & 'y'"]"#),
            (r#"["</script>"]"#, r#"["<\/script>"]"#),
            (r#"["</SCRIPT x"]"#, r#"["<\/SCRIPT x"]"#),
            (r#"["</scrip"]"#, r#"["</scrip"]"#),
            (r#"["<!-- <script>"]"#, r#"["\u003c!-- <script>"]"#),
            ("[\"a\u{2028}b\u{2029}c\u{2030}\"]", "[\"a\\u2028b\\u2029c\u{2030}\"]"),
            ("[\"<\"]", "[\"<\"]"),
            ("[\"é\u{2028}\"]", "[\"é\\u2028\"]"),
        ] {
            assert_eq!(fit(json), wanted);
        }
    }

    #[test]
    fn a_text_is_escaped_as_python_does() {
        assert_eq!(ascii("/a?b=\"é🌍"), r#""/a?b=\"\u00e9\ud83c\udf0d""#);
        assert_eq!(ascii("</script>"), r#""<\/script>""#);
    }
}
