//! Small work on tokens.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;

/// The token inside the invisible group that a `macro_rules!` variable leaves around it.
pub(crate) fn ungroup(token: TokenTree) -> TokenTree {
    if let TokenTree::Group(group) = &token
        && group.delimiter() == Delimiter::None
    {
        let mut inner = group.stream().into_iter();
        if let (Some(only), None) = (inner.next(), inner.next()) {
            return ungroup(only);
        }
    }
    token
}

/// The same tokens, every one at the place of `anchor`, each still meaning what it meant.
///
/// The compiler prints two equal errors at one place once. Spans cannot be joined on stable, so a type is stood for by one
/// of its tokens.
pub(crate) fn located_at(tokens: TokenStream, anchor: Span) -> TokenStream {
    map(tokens, &mut |mut token| {
        token.set_span(token.span().located_at(anchor));
        token
    })
}

/// The place of the first token. Nightly compilers can join the places of all, stable ones cannot, and both are to say the
/// same.
pub(crate) fn start(tokens: impl ToTokens) -> Span {
    let first = tokens.into_token_stream().into_iter().next();
    first.map_or_else(Span::call_site, |first| first.span())
}

/// Changes every token, also those in groups.
pub(crate) fn map(
    tokens: TokenStream,
    change: &mut impl FnMut(TokenTree) -> TokenTree,
) -> TokenStream {
    let one = |token| match change(token) {
        TokenTree::Group(group) => {
            let mut changed = Group::new(group.delimiter(), map(group.stream(), change));
            changed.set_span(group.span());
            TokenTree::Group(changed)
        }
        token => token,
    };
    tokens.into_iter().map(one).collect()
}

/// Whether one of the tokens, also in groups, is the word.
pub(crate) fn contains_word(tokens: TokenStream, word: &str) -> bool {
    find_word(tokens, word).is_some()
}

/// The first of the tokens, also in groups, that is the word.
pub(crate) fn find_word(tokens: TokenStream, word: &str) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => find_word(group.stream(), word),
        TokenTree::Ident(ident) => (ident == word).then(|| ident.span()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    })
}

/// The name without `r#`.
pub(crate) fn unraw(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or_else(|| text.clone(), str::to_owned)
}

/// The name as an identifier, raw if it is a keyword; `None` if it is no name at all.
pub(crate) fn ident(name: &str, span: Span) -> Option<Ident> {
    // No keyword begins so, and to parse is to ask the compiler.
    let made = name.starts_with("comet_");
    if made && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Some(Ident::new(name, span));
    }
    let parsed = syn::parse_str::<Ident>(name).or_else(|_| syn::parse_str(&format!("r#{name}")));
    let mut ident = parsed.ok()?;
    ident.set_span(span);
    Some(ident)
}
