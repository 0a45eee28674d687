//! Comet's own attributes below another one: the outermost reads them all, so the item must lose them.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::model::Kind;

/// The item verbatim, but for Comet's attributes on it and, in an `impl` block, on its methods.
///
/// It works on tokens, so that it cannot fail however broken the item is.
pub(crate) fn without_own_attributes(item: TokenStream) -> TokenStream {
    let item = stripped(item);
    let is_block = item.clone().into_iter().any(|token| is_word(&token, "impl"));
    let is_function = item.clone().into_iter().any(|token| is_word(&token, "fn"));
    if !is_block || is_function {
        return item;
    }
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut()
        && body.delimiter() == Delimiter::Brace
    {
        let span = body.span();
        *body = Group::new(Delimiter::Brace, stripped(body.stream()));
        body.set_span(span);
    }
    tokens.into_iter().collect()
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn stripped(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let pound = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        if pound && tokens.next_if(is_own).is_some() {
            continue;
        }
        kept.push(token);
    }
    kept.into_iter().collect()
}

/// Whether the group is the `[comet(…)]` of an attribute, or a `cfg_attr` that holds one.
fn is_own(group: &TokenTree) -> bool {
    let TokenTree::Group(group) = group else { return false };
    let meta = || syn::parse2::<syn::Meta>(group.stream());
    group.delimiter() == Delimiter::Bracket
        && meta().is_ok_and(|meta| kind(meta.path()).is_some() || is_conditional(&meta))
}

/// Which of Comet's attributes the path names.
pub(super) fn kind(path: &syn::Path) -> Option<Kind> {
    let last = &path.segments.last()?.ident;
    [(Kind::Comet, "comet"), (Kind::LongPoll, "longpoll")]
        .into_iter()
        .find_map(|(kind, name)| (last == name).then_some(kind))
}

/// Whether it is a `cfg_attr` with one of Comet's attributes.
pub(super) fn is_conditional(meta: &syn::Meta) -> bool {
    let syn::Meta::List(list) = meta else { return false };
    list.path.is_ident("cfg_attr")
        && ["comet", "longpoll"]
            .iter()
            .any(|name| crate::tokens::contains_word(list.tokens.clone(), name))
}
