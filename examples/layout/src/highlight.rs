//! Rust source as coloured HTML; just enough of a lexer for the examples.

use comet::Html;

const KEYWORDS: &[&str] = &[
    "as", "async", "await", "const", "else", "enum", "fn", "for", "if", "impl", "in", "let",
    "loop", "match", "mod", "move", "mut", "pub", "return", "self", "struct", "use", "while",
];

/// `source` as HTML, with a `<span class="…">` around comments, strings, keywords and attributes.
pub(crate) fn highlight(source: &str) -> String {
    let mut html = String::with_capacity(source.len() * 2);
    let mut rest = source;
    while !rest.is_empty() {
        let (class, length) = token(rest);
        let (text, after) = rest.split_at(length);
        let text = Html::escape(text);
        match class {
            "" => html.push_str(text.as_str()),
            class => html.push_str(&format!(r#"<span class="{class}">{text}</span>"#)),
        }
        rest = after;
    }
    html
}

/// The class and the length in bytes of the token that `rest` starts with.
fn token(rest: &str) -> (&'static str, usize) {
    if rest.starts_with("//") {
        return ("comment", rest.find('\n').unwrap_or(rest.len()));
    }
    if let Some(raw) = rest.strip_prefix("r#\"") {
        return ("string", raw.find("\"#").map_or(rest.len(), |end| end + 5));
    }
    if rest.starts_with('"') {
        return ("string", string(rest));
    }
    if rest.starts_with("#[") || rest.starts_with("#![") {
        let name = rest.find('[').map_or(0, |bracket| bracket + 1);
        return ("attribute", name + word(&rest[name..]));
    }
    match word(rest) {
        0 => ("", rest.chars().next().map_or(1, char::len_utf8)),
        length if KEYWORDS.contains(&&rest[..length]) => ("keyword", length),
        length => ("", length),
    }
}

/// The length of the identifier or number at the start.
fn word(rest: &str) -> usize {
    rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
}

/// The length of the string literal at the start, quotes included.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::highlight;

    #[test]
    fn each_kind_of_token_has_its_class() {
        assert_eq!(
            highlight("#[comet(name = \"a\\\"b\")] pub fn x<T>() // é"),
            "<span class=\"attribute\">#[comet</span>(name = \
             <span class=\"string\">&quot;a\\&quot;b&quot;</span>)] \
             <span class=\"keyword\">pub</span> <span class=\"keyword\">fn</span> x&lt;T&gt;() \
             <span class=\"comment\">// é</span>"
        );
    }

    #[test]
    fn no_text_is_lost_when_a_literal_never_ends() {
        assert_eq!(highlight("r#\"<"), "<span class=\"string\">r#&quot;&lt;</span>");
        assert_eq!(highlight("\"a"), "<span class=\"string\">&quot;a</span>");
    }
}
