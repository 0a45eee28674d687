//! Which names a placeholder may have. They become the names of Rust arguments.

/// Whether `name` is an ASCII identifier. Keywords are: the argument is then a raw identifier.
pub(crate) fn is_identifier(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether not even a raw identifier can have this name.
pub(crate) fn is_unusable(name: &str) -> bool {
    matches!(name, "self" | "Self" | "super" | "crate" | "_")
}

/// The usable identifier that looks most like `text`: foreign characters become `_`.
pub(crate) fn suggest(text: &str) -> Option<String> {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    name.truncate(name.trim_end_matches('_').len());
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    (is_identifier(&name) && !is_unusable(&name)).then_some(name)
}

/// [`suggest`], or a stock example.
pub(crate) fn suggest_or(text: &str, example: &str) -> String {
    suggest(text).unwrap_or_else(|| example.into())
}
