//! Types and parameters on lines that are not too long.

use std::iter::Peekable;
use std::str::Chars;

use super::comments::{comment, uncommented};

/// Lines are at most so long, where they can be broken.
pub(super) const WIDTH: usize = 100;

/// A parameter list, on one line with what is around it or each parameter on its own.
pub(super) fn signature(before: &str, parameters: &[String], after: &str) -> String {
    let flat = format!("{before}({}){after}", parameters.join(", "));
    if flat.chars().count() <= WIDTH || parameters.is_empty() {
        return flat;
    }
    format!("{before}(\n  {},\n){after}", parameters.join(",\n  "))
}

/// A declaration `type X = …;`.
pub(super) fn declaration(text: &str) -> String {
    let text = text.trim().trim_end_matches(';');
    let Some((head, definition)) = text.split_once('=').filter(|_| text.starts_with("type "))
    else {
        return text.to_owned();
    };
    let nodes = Reader(definition.trim().chars().peekable()).nodes();
    let head = format!("{} =", head.trim_end());
    let flat = flat(&nodes).map(|flat| format!("{head} {flat};"));
    let fits = flat.filter(|flat| flat.chars().count() + "export ".len() <= WIDTH);
    fits.unwrap_or_else(|| format!("{head}{};", broken(&nodes, 0)))
}

/// A part of a type.
enum Node {
    Text(String),
    /// `|`
    Or,
    /// What stands in brackets, by its commas.
    Group(char, Vec<Item>),
}

struct Item {
    comment: String,
    nodes: Vec<Node>,
}

struct Reader<'t>(Peekable<Chars<'t>>);

impl Reader<'_> {
    /// Everything up to a comma, a closing bracket or the end.
    fn nodes(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut text = String::new();
        while let Some(&c) = self.0.peek() {
            if matches!(c, ',' | '}' | ']' | ')') || (c == '>' && !text.ends_with('=')) {
                break;
            }
            self.0.next();
            match c {
                '{' | '[' | '(' | '<' => {
                    push(&mut nodes, &mut text);
                    nodes.push(Node::Group(c, self.items()));
                }
                '|' => {
                    text.truncate(text.trim_end().len());
                    push(&mut nodes, &mut text);
                    nodes.push(Node::Or);
                }
                '"' => self.literal(&mut text),
                c if c.is_whitespace() => {
                    let begins = text.is_empty() && matches!(nodes.last(), None | Some(Node::Or));
                    if !begins && !text.ends_with(' ') {
                        text.push(' ');
                    }
                }
                c => text.push(c),
            }
        }
        push(&mut nodes, &mut text);
        trimmed(nodes)
    }

    fn literal(&mut self, text: &mut String) {
        text.push('"');
        while let Some(c) = self.0.next() {
            text.push(c);
            match c {
                '\\' => text.extend(self.0.next()),
                '"' => return,
                _ => {}
            }
        }
    }

    /// What stands in the brackets that were just opened.
    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        loop {
            let comment = self.comment();
            let nodes = self.nodes();
            if !nodes.is_empty() {
                items.push(Item { comment, nodes });
            }
            // A comma, or the closing bracket.
            if self.0.next() != Some(',') {
                return items;
            }
        }
    }

    fn comment(&mut self) -> String {
        while self.0.next_if(|c| c.is_whitespace()).is_some() {}
        let mut text = String::new();
        if self.0.peek() == Some(&'/') {
            while !text.ends_with("*/") {
                let Some(c) = self.0.next() else { break };
                text.push(c);
            }
        }
        uncommented(&text)
    }
}

fn push(nodes: &mut Vec<Node>, text: &mut String) {
    if !text.is_empty() {
        nodes.push(Node::Text(std::mem::take(text)));
    }
}

/// Without space at both ends.
fn trimmed(mut nodes: Vec<Node>) -> Vec<Node> {
    if let Some(Node::Text(first)) = nodes.first_mut() {
        *first = unquoted(first.trim_start());
    }
    if let Some(Node::Text(last)) = nodes.last_mut() {
        last.truncate(last.trim_end().len());
    }
    nodes.retain(|node| !matches!(node, Node::Text(text) if text.is_empty()));
    nodes
}

/// `saved: …` for `"saved": …`.
fn unquoted(text: &str) -> String {
    let key = text.strip_prefix('"').and_then(|text| text.split_once("\":"));
    match key {
        Some((key, rest)) if super::names::is_identifier(key) => format!("{key}:{rest}"),
        _ => text.to_owned(),
    }
}

fn closing(open: char) -> char {
    match open {
        '{' => '}',
        '[' => ']',
        '(' => ')',
        _ => '>',
    }
}

/// Nodes on one line; `None` where a comment stands in the way.
fn flat(nodes: &[Node]) -> Option<String> {
    let one = |node: &Node| match node {
        Node::Text(text) => Some(text.clone()),
        Node::Or => Some(" | ".to_owned()),
        Node::Group(open, items) => {
            let flat = |item: &Item| flat(&item.nodes).filter(|_| item.comment.is_empty());
            let items = items.iter().map(flat).collect::<Option<Vec<_>>>()?;
            Some(match open {
                '{' if items.is_empty() => "Record<string, never>".to_owned(),
                '{' => format!("{{ {} }}", items.join("; ")),
                open => format!("{open}{}{}", items.join(", "), closing(*open)),
            })
        }
    };
    nodes.iter().map(one).collect()
}

/// Nodes behind a `=` or a `:` that do not fit on its line: a line for each alternative, or for each property.
fn broken(nodes: &[Node], depth: usize) -> String {
    let alternatives = alternatives(nodes);
    if alternatives.len() < 2 {
        return format!(" {}", spread(nodes, depth));
    }
    let pad = "  ".repeat(depth + 1);
    let one = |nodes: Vec<&Node>| {
        let nodes: String = nodes.into_iter().map(|node| piece(node, depth + 2)).collect();
        format!("\n{pad}| {}", nodes.trim())
    };
    alternatives.into_iter().map(one).collect()
}

/// What stands between the `|` that are in no brackets.
fn alternatives(nodes: &[Node]) -> Vec<Vec<&Node>> {
    let mut found = vec![Vec::new()];
    for node in nodes {
        if matches!(node, Node::Or) {
            found.push(Vec::new());
        } else if let Some(last) = found.last_mut() {
            last.push(node);
        }
    }
    found
}

fn spread(nodes: &[Node], depth: usize) -> String {
    nodes.iter().map(|node| piece(node, depth)).collect()
}

/// One node on as many lines as it needs.
fn piece(node: &Node, depth: usize) -> String {
    let (open, items) = match node {
        Node::Text(text) => return text.clone(),
        Node::Or => return " | ".to_owned(),
        Node::Group(open, items) => (*open, items),
    };
    let fits = |text: &String| text.chars().count() + 2 * depth <= WIDTH;
    if let Some(flat) = flat(std::slice::from_ref(node)).filter(fits) {
        return flat;
    }
    let pad = "  ".repeat(depth + 1);
    let separator = if open == '{' { ';' } else { ',' };
    let lines = items.iter().map(|item| {
        let comment = comment(&item.comment, &pad);
        format!("{comment}{pad}{}{separator}\n", spread(&item.nodes, depth + 1))
    });
    let lines: String = lines.collect();
    format!("{open}\n{lines}{}{}", "  ".repeat(depth), closing(open))
}
