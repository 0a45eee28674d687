//! `slow = conflate(by = field)`: the field that tells which events supersede each other.

use proc_macro2::Ident;
use syn::{Attribute, Fields, Item as Parsed};

use super::item::Item;
use crate::errors::Errors;
use crate::tokens::unraw;

/// Where the field is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) field: Ident,
    /// The variants of an enum that have the field; `None` for a struct.
    pub(super) variants: Option<Vec<Variant>>,
}

/// A variant that has the field, with its `cfg` attributes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Variant {
    pub(super) ident: Ident,
    pub(super) cfgs: Vec<Attribute>,
}

/// Finds the field in the type; says so if it is not there.
pub(super) fn find(item: &Item, field: &Ident, errors: &mut Errors) -> Option<Key> {
    // The compiler has its own words for a type that is no Rust.
    let parsed = syn::parse2::<Parsed>(item.own.clone()).map_err(|error| errors.push(error));
    let mut names = Vec::new();
    let mut has = |fields: &Fields| {
        names.extend(fields.iter().filter_map(|field| field.ident.as_ref()).map(unraw));
        fields.iter().any(|one| one.ident.as_ref() == Some(field))
    };
    let variants = match parsed.ok()? {
        Parsed::Struct(item) => has(&item.fields).then_some(None),
        Parsed::Enum(item) => {
            let variants = item.variants.into_iter().filter(|variant| has(&variant.fields));
            let variants: Vec<_> = variants.map(Variant::new).collect();
            (!variants.is_empty()).then_some(Some(variants))
        }
        _ => None,
    };
    if variants.is_none() {
        errors.at(field.span(), missing(item, field, &names));
    }
    variants.map(|variants| Key { field: field.clone(), variants })
}

impl Variant {
    fn new(variant: syn::Variant) -> Self {
        let cfgs = variant.attrs.into_iter().filter(|attribute| attribute.path().is_ident("cfg"));
        Self { ident: variant.ident, cfgs: cfgs.collect() }
    }
}

fn missing(item: &Item, field: &Ident, names: &[String]) -> String {
    let (ty, field) = (unraw(&item.ident), unraw(field));
    if names.is_empty() {
        return format!("`{ty}` has no named field by which its events could be told apart");
    }
    match comet_route::nearest(&field, names.iter().map(String::as_str)) {
        Some(nearest) => format!("`{ty}` has no field `{field}`, did you mean `{nearest}`?"),
        None => format!("`{ty}` has no field `{field}`"),
    }
}
