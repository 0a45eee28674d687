//! How one argument gets from the call to the handler.
//!
//! All tokens for an argument stand at one token of its type, and the first of them asks for the same bound in the same
//! words wherever the type is used. So the compiler finds one thing wrong with it, and prints that once.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use super::{local, short, span_at};
use crate::model::{Argument, Handler, Lent, Place, Source};
use crate::tokens::located_at;

/// An argument of one endpoint.
pub(super) struct Taken<'h> {
    pub(super) place: &'h Place,
    pub(super) argument: &'h Argument,
    pub(super) source: Source,
    pub(super) nth: usize,
}

impl Taken<'_> {
    fn span(&self) -> Span {
        span_at(self.place, self.argument.anchor)
    }

    fn local(&self, name: &str) -> Ident {
        local(self.place, name, self.argument.anchor)
    }

    fn short(&self) -> Ident {
        short(self.place, self.argument.anchor)
    }

    /// The variable that owns the value, or borrows it from the URL.
    fn variable(&self) -> Ident {
        self.local(&format!("__a{}", self.nth))
    }

    /// What says how the type is obtained, and that it can be.
    fn witness(&self) -> TokenStream {
        let ty = located_at(obtained(self.argument, self.source), self.argument.anchor);
        witness(&self.short(), self.span(), self.source, &ty)
    }

    /// Takes the value out of the call.
    pub(super) fn extract(&self) -> TokenStream {
        let (variable, witness, name) = (self.variable(), self.witness(), &self.argument.name);
        let (p, span) = (self.short(), self.span());
        let call = self.local("__call");
        let mutable = (self.argument.lent == Lent::Exclusive).then(|| quote!(mut));
        match self.source {
            Source::Path => quote_spanned! {span=>
                let #mutable #variable = #p::path(#witness, &#call, #name)?;
            },
            Source::Query => quote_spanned! {span=>
                let #mutable #variable = #p::query(#witness, &#call, #name)?;
            },
            Source::Type => quote_spanned! {span=>
                let #mutable #variable = #witness.take(&#call, #name).await?;
            },
        }
    }

    /// Notes at start-up what the argument says about the handler; a value of the URL says nothing.
    pub(super) fn describe(&self) -> Option<TokenStream> {
        if self.source != Source::Type {
            return None;
        }
        let (witness, name, span) = (self.witness(), &self.argument.name, self.span());
        let signature = self.local("__signature");
        Some(quote_spanned!(span=> #witness.describe(#name, #signature);))
    }

    /// Notes the type, if it has a description, under the argument's name.
    pub(super) fn typed(&self) -> TokenStream {
        let (name, signature) = (&self.argument.name, self.local("__signature"));
        let ty = located_at(obtained(self.argument, self.source), self.argument.anchor);
        let described = quote_spanned!(self.span()=> &mut #signature.types);
        typed(&self.short(), self.span(), &ty, name, &described)
    }

    /// The value as the handler takes it.
    pub(super) fn pass(&self) -> TokenStream {
        let variable = self.variable();
        let span = self.span();
        match self.argument.lent {
            Lent::Shared if self.source != Source::Type && is(&self.argument.ty, "str") => {
                quote_spanned!(span=> #variable)
            }
            Lent::No => quote_spanned!(span=> #variable),
            Lent::Shared => quote_spanned!(span=> &#variable),
            Lent::Exclusive => quote_spanned!(span=> &mut #variable),
        }
    }
}

/// What makes [`witness`] choose how an argument is obtained, where one is to be chosen.
pub(super) fn ladder(handlers: &[Handler]) -> Option<TokenStream> {
    let endpoints = handlers.iter().flat_map(|handler| &handler.endpoints);
    let chosen = endpoints.flat_map(|endpoint| &endpoint.sources).any(|s| *s == Source::Type);
    let place = &handlers.first().filter(|_| chosen)?.place;
    let p = short(place, place.ident.span());
    Some(quote!(use #p::ladder::*;))
}

/// The expression that names the bound of a type which is located at its anchor.
pub(crate) fn witness(
    p: &impl ToTokens,
    span: Span,
    source: Source,
    ty: &TokenStream,
) -> TokenStream {
    match source {
        Source::Path => quote_spanned!(span=> #p::route_parameter::<#ty>()),
        Source::Query => quote_spanned!(span=> #p::query_parameter::<#ty>()),
        Source::Type => quote_spanned!(span=> (&&&&#p::argument::<#ty>()).pick()),
    }
}

/// Notes a type that is located at its anchor, if it has a description.
pub(crate) fn typed(
    p: &impl ToTokens,
    span: Span,
    ty: &TokenStream,
    name: &str,
    described: &impl ToTokens,
) -> TokenStream {
    quote_spanned!(span=> (&&&#p::Typed::<#ty>::new()).note(#name, #described);)
}

/// The type that is taken from the call: for a borrowed text or slice the one that owns it.
fn obtained(argument: &Argument, source: Source) -> TokenStream {
    let ty = &argument.ty;
    if source != Source::Type || argument.lent == Lent::No {
        return ty.to_token_stream();
    }
    match ty {
        Type::Slice(slice) => {
            let elem = &slice.elem;
            quote!(::std::vec::Vec<#elem>)
        }
        ty if is(ty, "str") => quote!(::std::string::String),
        ty => ty.to_token_stream(),
    }
}

/// Whether the type is written as this one word.
pub(super) fn is(ty: &Type, word: &str) -> bool {
    matches!(ty, Type::Path(ty) if ty.path.is_ident(word))
}
