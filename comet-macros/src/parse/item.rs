//! Which kind of item an attribute stands on.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Token, Visibility};

use super::options::{self, Target};
use super::{Attribute, Block, Function, attribute};
use crate::errors::Errors;
use crate::model::Kind;

/// What the user wrote.
pub(crate) enum Item {
    Function(Box<Function>),
    Block(Box<Block>),
}

/// Reads an attribute and its item. Nothing is left to check when it is no item for an attribute.
pub(crate) fn read(
    kind: Kind,
    options: TokenStream,
    item: TokenStream,
    errors: &mut Errors,
) -> Option<Item> {
    let parse = |input: ParseStream<'_>| {
        let attrs = input.call(syn::Attribute::parse_outer)?;
        let vis: Visibility = input.parse()?;
        match keyword(input) {
            Some(word) if word == "fn" => function(kind, options, attrs, vis, input, errors),
            Some(word) if word == "impl" => {
                let own = Attribute::outermost(kind, options, Target::Block, errors);
                Block::parse(own, input, errors).map(|block| Some(Item::Block(Box::new(block))))
            }
            other => {
                let span = other.map_or_else(Span::call_site, |word| word.span());
                errors.at(span, format!("`{}` goes on {}", kind.attribute(), places(kind)));
                input.parse::<TokenStream>().map(|_| None)
            }
        }
    };
    parse.parse2(item).unwrap_or_else(|error| {
        errors.push(error);
        None
    })
}

fn places(kind: Kind) -> &'static str {
    match kind {
        Kind::Comet => {
            "an `async fn`, a function that returns a stream, or an inherent `impl` block"
        }
        Kind::LongPoll => "an `async fn`",
    }
}

fn function(
    kind: Kind,
    options: TokenStream,
    mut attrs: Vec<syn::Attribute>,
    vis: Visibility,
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> syn::Result<Option<Item>> {
    let mut own = vec![Attribute::outermost(kind, options, Target::Function, errors)];
    own.extend(attribute::take(&mut attrs, Target::Function, errors));
    Function::parse(own, attrs, vis, input).map(|function| Some(Item::Function(Box::new(function))))
}

impl Attribute {
    /// The attribute that is being expanded.
    fn outermost(kind: Kind, options: TokenStream, target: Target, errors: &mut Errors) -> Self {
        let options = options::read(kind, target, options, errors);
        Self { kind, span: Span::call_site(), options, implied: false }
    }
}

/// The word that says what kind of item follows.
pub(crate) fn keyword(input: ParseStream<'_>) -> Option<Ident> {
    let mut rest = input.cursor();
    let mut first = None;
    while let Some((token, next)) = rest.token_tree() {
        if let TokenTree::Ident(word) = &token {
            let before = first.get_or_insert_with(|| word.clone());
            let constant = *before == "const" && !starts_function(next);
            if decides(word) || (constant && word == before) {
                return Some(word.clone());
            }
        }
        if matches!(&token, TokenTree::Punct(punct) if matches!(punct.as_char(), '=' | ';' | '!')) {
            break;
        }
        rest = next;
    }
    first
}

fn decides(word: &Ident) -> bool {
    const WORDS: [&str; 11] =
        ["fn", "impl", "struct", "enum", "union", "mod", "trait", "type", "static", "use", "macro"];
    WORDS.iter().any(|decides| word == decides)
}

/// Whether what follows `const` makes it a `const fn`.
fn starts_function(rest: syn::buffer::Cursor<'_>) -> bool {
    let word = rest.ident().map(|(word, _)| word);
    word.is_some_and(|word| ["fn", "async", "unsafe", "extern"].iter().any(|w| word == w))
}

/// Passes over an item that is no function.
pub(super) fn skip(input: ParseStream<'_>) -> syn::Result<()> {
    loop {
        let token: TokenTree = input.parse()?;
        let ends = match &token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) => group.delimiter() == proc_macro2::Delimiter::Brace,
            TokenTree::Ident(_) | TokenTree::Literal(_) => false,
        };
        if ends || input.is_empty() {
            let _end: Option<Token![;]> = input.parse()?;
            return Ok(());
        }
    }
}
