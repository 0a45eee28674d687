//! `url!`: a link whose values have names.
//!
//! What placeholders there are is known where the handler is declared, and not here. So the names become questions to the
//! link that stands beside the handler, which the compiler asks while it checks types: each where its name is written.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Path, Token};

use crate::errors::Errors;
use crate::tokens::{located_at, unraw};

/// A value that stands for a placeholder.
struct Given {
    name: Ident,
    value: Expr,
}

impl Parse for Given {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !(input.peek(Ident::peek_any) && input.peek2(Token![=])) {
            return Err(input.error("a value has the name of its placeholder: `name = value`"));
        }
        let name = input.call(Ident::parse_any)?;
        let _equals: Token![=] = input.parse()?;
        Ok(Self { name, value: input.parse()? })
    }
}

struct Written {
    handler: Path,
    given: Punctuated<Given, Token![,]>,
}

impl Parse for Written {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let handler = input.parse()?;
        if !input.is_empty() {
            let _comma: Token![,] = input.parse()?;
        }
        Ok(Self { handler, given: Punctuated::parse_terminated(input)? })
    }
}

/// Expands the macro.
pub(crate) fn run(tokens: TokenStream) -> TokenStream {
    let written: Written = match syn::parse2(tokens) {
        Ok(written) => written,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    for (nth, Given { name, .. }) in written.given.iter().enumerate() {
        if written.given.iter().take(nth).any(|other| unraw(&other.name) == unraw(name)) {
            errors.at(name.span(), format!("`{}` is given twice", unraw(name)));
        }
    }
    if errors.is_empty() { expand(&written) } else { errors.into_tokens() }
}

fn expand(Written { handler, given }: &Written) -> TokenStream {
    let shown = handler.segments.iter().map(|segment| unraw(&segment.ident));
    let shown = shown.collect::<Vec<_>>().join("::");
    let link = link(handler);
    let end = handler.segments.last().map_or_else(Span::call_site, |last| last.ident.span());
    // Wherever it is named it stands at one token, so that a handler which is not there is one error.
    let link = located_at(link, end);
    let names: Vec<_> = given.iter().map(|Given { name, .. }| unraw(name)).collect();
    let complete = quote_spanned!(end=> #link.complete(#shown, &[#(#names),*]));
    let values = given.iter().zip(&names).map(|(Given { name, value }, text)| {
        let span = name.span();
        let nth = quote_spanned!(span=> let __link = #link; __link.nth(#shown, #text));
        quote_spanned!(span=> __link.value::<{ #nth }>(#value))
    });
    quote!({
        let __link = #link;
        __link.url::<{ #complete }>(&[#(#values),*])
    })
}

/// What stands beside the handler. A function has a type of its name; a method, which a type comes before, has a function
/// of its type.
fn link(handler: &Path) -> TokenStream {
    let mut path = handler.clone();
    let is_type = |name: &Ident| unraw(name).starts_with(|c: char| c.is_uppercase());
    let before = path.segments.iter().rev().nth(1);
    if !before.is_some_and(|segment| is_type(&segment.ident)) {
        return quote!(#path::url_with());
    }
    if let Some(method) = path.segments.last_mut() {
        let name = unraw(&method.ident);
        // What the compiler suggests for a misspelt method is understood as well.
        let name = format!("{}_url_with", name.strip_suffix("_url_with").unwrap_or(&name));
        method.ident = Ident::new(&name, method.ident.span());
    }
    let path = path.to_token_stream();
    quote!(#path())
}
