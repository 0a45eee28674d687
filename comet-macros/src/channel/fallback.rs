//! What is left of a refused `#[channel]`: the errors, the user's type, and a channel that nobody follows.

use proc_macro2::TokenStream;
use quote::quote;

use super::expand;
use super::item::Item;
use super::model::Settings;
use crate::code::Code;
use crate::errors::Errors;
use crate::expand::{At, constant};
use crate::model::Broken;

/// The type as it is, with the names that others use, so that nothing but the mistakes is an error.
pub(super) fn fallback(item: &Item, broken: &Broken, errors: Errors) -> TokenStream {
    let (own, place, errors) = (&item.own, &broken.place, errors.into_tokens());
    if item.is_generic {
        return quote!(#errors #own);
    }
    let span = place.ident.span();
    let p = At::of(place).p;
    let guard = expand::guard(place, span, &TokenStream::new(), &quote!(#p::open()));
    // Whatever it was to be published as, it is not.
    let nothing = quote!(::core::result::Result::Ok(::std::vec::Vec::new()));
    let declaration = expand::declaration(place, "", true, &Settings::default(), &nothing);
    let parameters = (0..broken.placeholders).map(|_| quote!(_: impl ::core::marker::Sized,));
    let function = expand::function(place, "", &parameters.collect(), &quote!(#p::topic("")));
    let types = quote!(use #p::undescribed as __comet_types;);
    let remains = constant(place, Code::of(quote!(#types #guard #declaration #function)));
    quote!(#errors #own #remains)
}
