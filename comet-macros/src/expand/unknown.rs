//! An error below a placeholder, inside the string literal.
//!
//! On stable a macro cannot point into a literal, but the compiler does when it checks a format string. So the user's own
//! literal becomes one, in which the unknown name has a type that cannot be displayed for the reason that is to be said.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use crate::errors::UnknownPlaceholder;
use crate::tokens;

/// Code that does not compile, with our message at the placeholder.
pub(crate) fn unknown_placeholder(unknown: &UnknownPlaceholder) -> TokenStream {
    let UnknownPlaceholder { root, route, arguments, nearest, .. } = unknown;
    let root = root.as_ref().map_or_else(|| quote!(::comet), ToTokens::to_token_stream);
    let span = route.span();
    let bindings = unknown.names.iter().filter_map(|name| {
        let ident = tokens::ident(name, span)?;
        Some(if *name != unknown.unknown {
            quote_spanned!(span=> let #ident = "";)
        } else if let Some(nearest) = nearest {
            quote_spanned!(span=> let #ident = #root::__private::near::<#nearest, (#(#arguments,)*)>();)
        } else {
            quote_spanned!(span=> let #ident = #root::__private::unlike::<(#(#arguments,)*)>();)
        })
    });
    // The names are printed as types.
    let types = arguments.iter().map(|argument| quote!(enum #argument {}));
    quote! {
        const _: () = {
            #[allow(non_camel_case_types, dead_code)]
            fn __comet_route() {
                #(#types)*
                #(#bindings)*
                let _ = ::core::format_args!(#route);
            }
        };
    }
}
