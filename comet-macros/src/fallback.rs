//! What is left when something was refused: the errors, the user's own item, and the names that other code uses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::errors::Errors;
use crate::expand;
use crate::model::Checked;

/// The item as it is, with its links, so that nothing but the mistakes is an error.
pub(crate) fn fallback(own: &TokenStream, checked: &Checked, errors: Errors) -> TokenStream {
    let errors = errors.into_tokens();
    let remains = expand::remains(checked);
    quote!(#errors #[allow(dead_code)] #own #remains)
}
