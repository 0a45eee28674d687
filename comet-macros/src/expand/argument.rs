//! How one argument gets from the call to the handler.
//!
//! All tokens for an argument stand at one token of its type, and the first of them asks for the same bound in the same
//! words wherever the type is used. So the compiler finds one thing wrong with it, and prints that once.

use std::borrow::Cow;

use quote::quote;
use syn::Type;

use super::At;
use crate::code::{Code, code};
use crate::model::{Argument, Lent, Place, Source};

/// An argument of one endpoint.
pub(super) struct Taken<'h> {
    at: At,
    argument: &'h Argument,
    source: Source,
    nth: usize,
    /// What is taken from the call: for a borrowed text or slice the type that owns it.
    ty: Code,
}

impl<'h> Taken<'h> {
    pub(super) fn new(place: &Place, argument: &'h Argument, source: Source, nth: usize) -> Self {
        let at = At::new(place, argument.anchor);
        let ty = located(&obtained(argument, source), argument);
        Self { at, argument, source, nth, ty }
    }

    /// The variable that has the value, or what the handler borrows of it.
    fn variable(&self) -> Code {
        let mut code = Code::default();
        code.word(self.at.span, &format!("__a{}", self.nth));
        code
    }

    /// Whether it is a value of the URL, which is there already.
    fn is_in_url(&self) -> bool {
        self.source != Source::Type
    }

    /// What it is bound to.
    pub(super) fn bound(&self) -> Code {
        let variable = self.variable();
        let changed = self.is_kept() && self.argument.lent == Lent::Exclusive;
        let mutable = changed.then(|| code!(self.at.span=> mut));
        code!(self.at.span=> #mutable #variable)
    }

    /// What says by which name the argument is taken, how its type is obtained, and that it can be.
    pub(super) fn way(&self) -> Code {
        let witness = witness(&self.at, self.source, self.ty.clone(), &self.argument.name);
        match self.argument.lent {
            _ if self.is_in_url() => witness,
            Lent::No => code!(self.at.span=> #witness.pick()),
            Lent::Shared | Lent::Exclusive => code!(self.at.span=> #witness.lend()),
        }
    }

    /// Whether the handler borrows a value of the URL that is not itself a borrow of it: only a future of our own can keep
    /// that.
    pub(super) fn is_kept(&self) -> bool {
        let text = self.argument.lent == Lent::Shared && is(&self.argument.ty, "str");
        self.is_in_url() && self.argument.lent != Lent::No && !text
    }

    /// Notes the type, if it has a description, under the argument's name.
    pub(super) fn typed(&self) -> Code {
        let described = code!(self.at.span=> __types);
        typed(&self.at, self.ty.clone(), &self.argument.name, described)
    }

    /// The value as the handler takes it.
    pub(super) fn pass(&self) -> Code {
        let variable = self.variable();
        match self.argument.lent {
            _ if !self.is_kept() => variable,
            Lent::Exclusive => code!(self.at.span=> &mut #variable),
            _ => code!(self.at.span=> &#variable),
        }
    }
}

/// The expression that names the bound of a type which is located at its anchor, and the argument's name.
pub(crate) fn witness(At { span, p }: &At, source: Source, ty: Code, name: &str) -> Code {
    match source {
        Source::Path => code!(*span=> #p::route_parameter::<#ty>(#name)),
        Source::Query => code!(*span=> #p::query_parameter::<#ty>(#name)),
        Source::Type => code!(*span=> #p::argument::<#ty>(#name)),
    }
}

/// Notes a type that is located at its anchor, if it has a description.
pub(crate) fn typed(At { span, p }: &At, ty: Code, name: &str, described: Code) -> Code {
    code!(*span=> #p::Typed::<#ty>::new().note(#name, #described);)
}

/// A type of the argument, every token at its anchor.
pub(crate) fn located(ty: &Type, argument: &Argument) -> Code {
    Code::located(ty, argument.anchor)
}

/// The type that is taken from the call: for a borrowed text or slice the one that owns it.
fn obtained(argument: &Argument, source: Source) -> Cow<'_, Type> {
    let ty = &argument.ty;
    if source != Source::Type || argument.lent == Lent::No {
        return Cow::Borrowed(ty);
    }
    match ty {
        Type::Slice(slice) => {
            let elem = &slice.elem;
            Cow::Owned(Type::Verbatim(quote!(::std::vec::Vec<#elem>)))
        }
        ty if is(ty, "str") => Cow::Owned(Type::Verbatim(quote!(::std::string::String))),
        ty => Cow::Borrowed(ty),
    }
}

/// Whether the type is written as this one word.
pub(super) fn is(ty: &Type, word: &str) -> bool {
    matches!(ty, Type::Path(ty) if ty.path.is_ident(word))
}
