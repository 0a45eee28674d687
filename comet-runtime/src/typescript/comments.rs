//! Comments of JSDoc.

use super::layout::WIDTH;

/// A comment of JSDoc, or nothing for nothing; each line after `indent`.
pub(super) fn comment(text: &str, indent: &str) -> String {
    // What ends the comment is taken apart.
    let text = text.replace("*/", "* /");
    if text.trim().is_empty() {
        return String::new();
    }
    let one = format!("{indent}/** {} */\n", text.trim());
    if !text.trim().contains('\n') && one.chars().count() <= WIDTH + 1 {
        return one;
    }
    let mut out = format!("{indent}/**\n");
    for line in
        text.trim().lines().flat_map(|line| wrapped(line, WIDTH.saturating_sub(indent.len() + 3)))
    {
        out.push_str(format!("{indent} * {line}").trim_end());
        out.push('\n');
    }
    out + indent + " */\n"
}

fn wrapped(line: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let Some(last) = lines.last_mut() else { continue };
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
            continue;
        }
        if !last.is_empty() {
            last.push(' ');
        }
        last.push_str(word);
    }
    lines
}

/// What a comment of JSDoc says.
pub(super) fn uncommented(comment: &str) -> String {
    let inner = comment.trim().trim_start_matches("/**").trim_end_matches("*/");
    let line = |line: &str| {
        let line = line.trim_start();
        let line = line.strip_prefix('*').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()
    };
    inner.lines().map(line).collect::<Vec<_>>().join("\n").trim().to_owned()
}
