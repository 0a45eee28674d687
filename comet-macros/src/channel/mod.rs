//! `#[channel]`: a type that is published, and the named logs it is published on.
//!
//! The steps are those of the other attributes: [`options`] and [`item`] read, [`check`] refuses, [`expand`] writes what
//! makes the type a channel, and [`fallback`] keeps the item and the names that other code uses.

mod check;
mod conflate;
mod expand;
mod fallback;
mod item;
mod media;
mod model;
mod options;
mod parameters;
mod parts;
mod pattern;
mod reword;
mod value;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use crate::errors::Errors;

/// Expands the attribute.
pub(crate) fn run(options: TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let options = options::read(options, &mut errors);
    let Some(read) = item::read(item.clone(), &mut errors) else {
        let errors = errors.into_tokens();
        return quote!(#errors #item);
    };
    match check::check(&read, &options, &mut errors) {
        Ok(channel) => {
            let made = expand::expand(&channel);
            quote!(#item #made)
        }
        Err(broken) => fallback::fallback(&read, &broken, errors),
    }
}
