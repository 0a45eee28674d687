//! What handlers answer, as constants of their types, from which the compiler can tell that no two answer the same.

use proc_macro2::TokenStream;
use quote::quote;

use super::private;
use super::register::{location, shown};
use crate::model::{Checked, Endpoint, Handler};

/// What the endpoints of a handler answer, as elements of an array.
pub(super) fn elements(handler: &Handler) -> TokenStream {
    handler.endpoints.iter().map(|endpoint| element(handler, endpoint)).collect()
}

fn element(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let (place, span) = (&handler.place, handler.place.ident.span());
    let (p, cfgs, shown) = (private(place, span), &place.cfgs, shown(handler));
    let (group, method) = (&endpoint.group, endpoint.method.registered());
    let routes = endpoint.routes.iter().map(|route| {
        let (source, shape) = (route.full.source(), route.full.shape());
        quote!((#source, #shape))
    });
    let names = endpoint.names.iter().map(|name| &name.text);
    let at = location(&p, span);
    quote! {
        #(#cfgs)*
        #p::Declared {
            handler: #shown,
            group: #group,
            method: #method,
            routes: &[#(#routes),*],
            names: &[#(#names),*],
            at: #at,
        },
    }
}

/// What all methods of an annotated block answer. A type may have several blocks, so the trait has a type of the block.
pub(super) fn block(checked: &Checked) -> Option<TokenStream> {
    let place = &checked.handlers.first()?.place;
    let owner = place.owner.as_ref()?;
    let p = private(place, place.ident.span());
    let elements: TokenStream = checked.handlers.iter().map(elements).collect();
    Some(quote! {
        const _: () = {
            // Public, as whoever lists the type names it by inference.
            #[allow(dead_code, missing_docs, missing_debug_implementations, unreachable_pub)]
            pub enum __CometBlock {}
            impl #p::Declares<__CometBlock> for #owner {
                const ENDPOINTS: &'static [#p::Declared] = &[#elements];
            }
        };
    })
}
