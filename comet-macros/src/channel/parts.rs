//! The parts of an attribute, as they stand between its commas.

use proc_macro2::{Ident, Literal, Spacing, Span, TokenStream, TokenTree};

use crate::tokens::ungroup;

/// One part, by its form.
pub(super) enum Part {
    /// `"todos/{list}"`
    Literal(Literal),
    /// `public`
    Word(Ident),
    /// `history = 256`
    Option(Ident, Vec<TokenTree>),
    /// `list: u64`
    Typed(Ident, TokenStream),
    /// `concat!("todos/", "{list}")`
    Evaluated(Span),
    /// Anything else, and what is wrong with it.
    Wrong(Span, &'static str),
}

/// Takes an attribute apart.
pub(super) fn parts(tokens: TokenStream) -> Vec<Part> {
    let (mut parts, last) = split(tokens);
    if let Some(end) = last.last().map(TokenTree::span) {
        parts.push(part(last, end));
    }
    parts
}

/// What ends with a comma, and what is behind the last one; commas in `Id<A, B>` belong to the type.
fn split(tokens: TokenStream) -> (Vec<Part>, Vec<TokenTree>) {
    let mut parts = Vec::new();
    let mut current = Vec::new();
    let mut open = 0_u32;
    let mut arrow = false;
    for token in tokens.into_iter().map(ungroup) {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                ',' if open == 0 => {
                    parts.push(part(std::mem::take(&mut current), punct.span()));
                    continue;
                }
                '<' => open += 1,
                '>' if !arrow => open = open.saturating_sub(1),
                _ => {}
            }
            arrow = matches!(punct.as_char(), '-' | '=') && punct.spacing() == Spacing::Joint;
        }
        current.push(token);
    }
    (parts, current)
}

/// What stands before the comma at `end`.
fn part(tokens: Vec<TokenTree>, end: Span) -> Part {
    let mut tokens = tokens.into_iter();
    let Some(first) = tokens.next() else {
        return Part::Wrong(end, "an option is missing before this comma");
    };
    let mut tokens: Vec<TokenTree> = tokens.collect();
    let Some(second) = tokens.first().cloned() else {
        return match first {
            TokenTree::Literal(literal) => Part::Literal(literal),
            TokenTree::Ident(word) => Part::Word(word),
            other => Part::Wrong(other.span(), EXPECTED),
        };
    };
    match (first, &second) {
        (TokenTree::Literal(_), _) => Part::Wrong(second.span(), "expected `,`"),
        (TokenTree::Ident(key), TokenTree::Punct(punct)) => match punct.as_char() {
            '=' => Part::Option(key, tokens.split_off(1)),
            ':' if punct.spacing() == Spacing::Alone || !tokens.get(1).is_some_and(is_colon) => {
                Part::Typed(key, tokens.into_iter().skip(1).collect())
            }
            '!' => Part::Evaluated(key.span()),
            _ => Part::Wrong(second.span(), "expected `=`, `:` or `,`"),
        },
        (TokenTree::Ident(_), _) => Part::Wrong(second.span(), "expected `=`, `:` or `,`"),
        (other, _) => Part::Wrong(other.span(), EXPECTED),
    }
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

const EXPECTED: &str = "expected `option = value`, or `name: Type` for a placeholder";
