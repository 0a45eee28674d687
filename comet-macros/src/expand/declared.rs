//! What a handler's type declares: all that the handler answers. It is registered from there, and other code may read it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::{local, short};
use crate::model::Place;

/// The type that declares the endpoints of one item.
pub(super) struct Declarer {
    p: Ident,
    ty: TokenStream,
    /// What tells several items of one type apart.
    at: Ident,
    /// Whether `at` is made for that and for nothing else.
    made: bool,
}

impl Declarer {
    /// The link of a function; the type of a block, which may have several blocks.
    pub(super) fn of(place: &Place) -> Self {
        let span = place.ident.span();
        let p = short(place, span);
        match (&place.owner, &place.link) {
            (None, Some(link)) => {
                Self { p, ty: link.to_token_stream(), at: link.clone(), made: false }
            }
            (owner, _) => {
                let at = local(place, "__CometItem", Span::call_site());
                let ty =
                    owner.as_ref().map_or_else(|| at.to_token_stream(), ToTokens::to_token_stream);
                Self { p, ty, at, made: true }
            }
        }
    }

    /// The declaration.
    pub(super) fn declares(&self, elements: &TokenStream) -> TokenStream {
        let Self { p, ty, at, made } = self;
        // Public, as whoever lists the type names it by inference.
        let made = made.then(|| {
            quote! {
                #[allow(missing_docs, missing_debug_implementations, unreachable_pub)]
                pub enum #at {}
            }
        });
        quote! {
            #made
            impl #p::Declares<#at> for #ty {
                const ENDPOINTS: &'static [#p::Endpoint] = &[#elements];
            }
        }
    }

    /// Hands the endpoints to the collection that the runtime reads at start-up.
    pub(super) fn submit(&self) -> TokenStream {
        let Self { p, ty, at, .. } = self;
        quote!(#p::submit! { #p::linked::<#ty, #at>() })
    }
}
