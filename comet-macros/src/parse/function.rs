//! A function or method: everything but its body, which stays opaque.

use syn::parse::ParseStream;
use syn::{Signature, Token, Visibility};

use super::Attribute;

/// What is written above and before a body.
pub(crate) struct Function {
    /// Comet's attributes; none for a function of a block that is no handler.
    pub(crate) own: Vec<Attribute>,
    /// All others.
    pub(crate) attrs: Vec<syn::Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    pub(crate) has_body: bool,
}

impl Function {
    /// Reads what follows the attributes and the visibility.
    pub(super) fn parse(
        own: Vec<Attribute>,
        attrs: Vec<syn::Attribute>,
        vis: Visibility,
        input: ParseStream<'_>,
    ) -> syn::Result<Self> {
        let _specialised: Option<Token![default]> = input.parse()?;
        let sig = input.parse()?;
        let has_body = !input.peek(Token![;]);
        let _body: proc_macro2::TokenTree = input.parse()?;
        Ok(Self { own, attrs, vis, sig, has_body })
    }
}
