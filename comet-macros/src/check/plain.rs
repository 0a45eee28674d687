//! Types in which there is nothing to look for, as most are: found out without their tokens, which only the compiler has
//! and hands over one by one.

use syn::{GenericArgument, PathArguments, PathSegment, Type, TypePath};

/// Whether a type is made of names alone: `u64`, `Option<String>`. There is no lifetime in it and no reference, no `Self`,
/// no `impl` and no `for`.
pub(crate) fn is_plain(ty: &Type) -> bool {
    let Type::Path(TypePath { qself: None, path, .. }) = ty else { return false };
    path.segments.iter().all(is_plain_segment)
        && path.segments.first().is_some_and(|first| first.ident != "Self")
}

fn is_plain_segment(segment: &PathSegment) -> bool {
    match &segment.arguments {
        PathArguments::None => true,
        PathArguments::AngleBracketed(given) => {
            let plain = |given: &GenericArgument| matches!(given, GenericArgument::Type(ty) if is_plain(ty));
            given.args.iter().all(plain)
        }
        PathArguments::Parenthesized(_) => false,
    }
}

/// What is borrowed, if it is, whatever for how long.
pub(super) fn lent(ty: &Type) -> &Type {
    match ty {
        Type::Reference(reference) => lent(&reference.elem),
        ty => ty,
    }
}
