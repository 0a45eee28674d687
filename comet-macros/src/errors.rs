//! Everything that is wrong, collected so that all of it is said at once.

use std::fmt::Display;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::LitStr;

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Errors(Vec<Mistake>);

/// One mistake: one error.
pub(crate) enum Mistake {
    /// Said by the macro.
    Said(syn::Error),
    /// A placeholder that names no argument: said by the compiler, below the placeholder itself.
    Unknown(UnknownPlaceholder),
}

/// A placeholder of a route that names no argument of the handler.
pub(crate) struct UnknownPlaceholder {
    /// As it is in a [`Place`](crate::model::Place).
    pub(crate) root: Option<syn::Path>,
    /// The route's own literal, which has neither escapes nor a rest.
    pub(crate) route: LitStr,
    /// All placeholders of the route.
    pub(crate) names: Vec<String>,
    pub(crate) unknown: String,
    pub(crate) nearest: Option<Ident>,
    pub(crate) arguments: Vec<Ident>,
}

impl Errors {
    /// Notes a mistake at one place.
    pub(crate) fn at(&mut self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Notes a mistake that is as long as `tokens`.
    pub(crate) fn over(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        self.0.push(Mistake::Said(error));
    }

    pub(crate) fn unknown_placeholder(&mut self, unknown: UnknownPlaceholder) {
        self.0.push(Mistake::Unknown(unknown));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are: a step that added none has succeeded.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The tokens that make the compiler say them.
    pub(crate) fn into_tokens(self) -> TokenStream {
        let one = |mistake| match mistake {
            Mistake::Said(error) => error.into_compile_error(),
            Mistake::Unknown(unknown) => crate::expand::unknown_placeholder(&unknown),
        };
        self.0.into_iter().map(one).collect()
    }

    #[cfg(test)]
    pub(crate) fn messages(&self) -> Vec<String> {
        let one = |mistake: &Mistake| match mistake {
            Mistake::Said(error) => error.to_string(),
            Mistake::Unknown(unknown) => format!("unknown placeholder {}", unknown.unknown),
        };
        self.0.iter().map(one).collect()
    }
}
