//! Comet's attributes as they stand above an item or a method.

use proc_macro2::{Span, TokenStream};
use syn::Meta;

use super::options::{self, Options, Target};
use super::own;
use crate::errors::Errors;
use crate::model::Kind;
use crate::tokens::start;

/// One of Comet's attributes.
pub(crate) struct Attribute {
    pub(crate) kind: Kind,
    /// The attribute itself, for what is wrong with all of it.
    pub(crate) span: Span,
    pub(crate) options: Options,
    /// Whether it stands for a `pub` method without an attribute.
    pub(crate) implied: bool,
}

impl Attribute {
    /// What stands for a `pub` method without an attribute.
    pub(super) fn implied(span: Span) -> Self {
        Self { kind: Kind::Comet, span, options: Options::default(), implied: true }
    }
}

/// Takes Comet's attributes out of `attrs`.
pub(super) fn take(
    attrs: &mut Vec<syn::Attribute>,
    target: Target,
    errors: &mut Errors,
) -> Vec<Attribute> {
    let mut taken = Vec::new();
    attrs.retain(|attribute| {
        if own::is_conditional(&attribute.meta) {
            errors.over(
                attribute.path(),
                "handlers cannot be made by `cfg_attr`; put `#[cfg(…)]` on the method instead",
            );
            return false;
        }
        let Some(kind) = own::kind(attribute.path()) else { return true };
        let options = options::read(kind, target, inner(attribute, errors), errors);
        taken.push(Attribute { kind, span: start(attribute.path()), options, implied: false });
        false
    });
    taken
}

/// The tokens between the parentheses.
fn inner(attribute: &syn::Attribute, errors: &mut Errors) -> TokenStream {
    match &attribute.meta {
        Meta::Path(_) => TokenStream::new(),
        Meta::List(list) => list.tokens.clone(),
        Meta::NameValue(pair) => {
            errors
                .at(pair.eq_token.span, "options stand in parentheses: `#[comet(route = \"/…\")]`");
            TokenStream::new()
        }
    }
}
