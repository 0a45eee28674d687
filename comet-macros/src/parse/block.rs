//! An `impl` block and its functions.

use proc_macro2::Span;
use syn::parse::ParseStream;
use syn::{Generics, Token, Type, Visibility, WhereClause};

use super::{Attribute, Function, attribute, item, options::Target};
use crate::errors::Errors;

/// An annotated `impl` block.
pub(crate) struct Block {
    pub(crate) own: Attribute,
    pub(crate) impl_span: Span,
    pub(crate) generics: Generics,
    /// The trait of a trait impl.
    pub(crate) of_trait: Option<Type>,
    pub(crate) ty: Type,
    pub(crate) functions: Vec<Function>,
}

impl Block {
    /// Reads what follows the attributes of the block.
    pub(super) fn parse(
        own: Attribute,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> syn::Result<Self> {
        let _specialised: Option<Token![default]> = input.parse()?;
        let _unsafe: Option<Token![unsafe]> = input.parse()?;
        let impl_token: Token![impl] = input.parse()?;
        let mut generics: Generics = input.parse()?;
        let _const: Option<Token![const]> = input.parse()?;
        let _negative: Option<Token![!]> = input.parse()?;
        let first: Type = input.parse()?;
        let for_token: Option<Token![for]> = input.parse()?;
        let (of_trait, ty) =
            if for_token.is_some() { (Some(first), input.parse()?) } else { (None, first) };
        generics.where_clause = input.parse::<Option<WhereClause>>()?;
        let body;
        syn::braced!(body in input);
        let functions = functions(&body, errors)?;
        Ok(Self { own, impl_span: impl_token.span, generics, of_trait, ty, functions })
    }
}

/// All functions of a block; those without an attribute of ours are no handlers.
fn functions(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Vec<Function>> {
    let mut functions = Vec::new();
    input.call(syn::Attribute::parse_inner)?;
    while !input.is_empty() {
        let mut attrs = input.call(syn::Attribute::parse_outer)?;
        let vis: Visibility = input.parse()?;
        let own = attribute::take(&mut attrs, Target::Method, errors);
        if item::keyword(input).is_some_and(|word| word == "fn") {
            let mut function = Function::parse(own, attrs, vis, input)?;
            if function.own.is_empty() && is_open(&function) {
                function.own.push(Attribute::implied(function.sig.ident.span()));
            }
            functions.push(function);
        } else {
            if let Some(attribute) = own.first() {
                errors.at(
                    attribute.span,
                    format!("`{}` goes on a method here", attribute.kind.attribute()),
                );
            }
            item::skip(input)?;
        }
    }
    Ok(functions)
}

/// Whether it is a `pub` method: a handler even without an attribute.
fn is_open(function: &Function) -> bool {
    matches!(function.vis, Visibility::Public(_)) && function.sig.receiver().is_some()
}
