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
    let mut parts = split(tokens);
    if parts.last().is_some_and(Vec::is_empty) {
        parts.pop();
    }
    parts.into_iter().map(part).collect()
}

/// What is between the commas; those in `Id<A, B>` belong to the type.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let mut open = 0_u32;
    let mut arrow = false;
    for token in tokens.into_iter().map(ungroup) {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                ',' if open == 0 => {
                    parts.push(Vec::new());
                    continue;
                }
                '<' => open += 1,
                '>' if !arrow => open = open.saturating_sub(1),
                _ => {}
            }
            arrow = matches!(punct.as_char(), '-' | '=') && punct.spacing() == Spacing::Joint;
        }
        if let Some(part) = parts.last_mut() {
            part.push(token);
        }
    }
    parts
}

fn part(mut tokens: Vec<TokenTree>) -> Part {
    if tokens.is_empty() {
        return Part::Wrong(Span::call_site(), "an option is missing between two commas");
    }
    let first = tokens.remove(0);
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
