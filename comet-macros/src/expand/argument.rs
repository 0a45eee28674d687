//! How one argument gets from the call to the handler.
//!
//! All tokens for an argument stand at one token of its type, and the first of them asks for the same bound in the same
//! words wherever the type is used. So the compiler finds one thing wrong with it, and prints that once.

use std::borrow::Cow;

use quote::quote;
use syn::Type;

use super::At;
use crate::code::{Code, code};
use crate::model::{Argument, Handler, Lent, Place, Source};

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

    /// The variable that owns the value, or borrows it from the URL.
    fn variable(&self) -> Code {
        let mut code = Code::default();
        code.word(self.at.span, &format!("__a{}", self.nth));
        code
    }

    /// What says how the type is obtained, and that it can be.
    fn witness(&self) -> Code {
        witness(&self.at, self.source, self.ty.clone())
    }

    /// Whether it is a value of the URL, which is there already.
    pub(super) fn is_in_url(&self) -> bool {
        self.source != Source::Type
    }

    /// What the value is bound to.
    fn bound(&self) -> Code {
        let variable = self.variable();
        let mutable = (self.argument.lent == Lent::Exclusive).then(|| code!(self.at.span=> mut));
        code!(self.at.span=> #mutable #variable)
    }

    /// Reads a value of the URL.
    pub(super) fn read(&self) -> Code {
        let At { span, p } = &self.at;
        let (bound, witness, name) = (self.bound(), self.witness(), &*self.argument.name);
        match self.source {
            Source::Path => code!(*span=> let #bound = #p::path(#witness, &__call, #name)?;),
            _ => code!(*span=> let #bound = #p::query(#witness, &__call, #name)?;),
        }
    }

    /// Takes the only argument that is not in the URL.
    pub(super) fn only(&self) -> Code {
        let (bound, witness, name) = (self.bound(), self.witness(), &*self.argument.name);
        code!(self.at.span=> let #bound = #witness.only(&__call, #name).await?;)
    }

    /// What it is bound to, by which name it is taken, and how.
    pub(super) fn parts(&self) -> [Code; 3] {
        let (bound, witness, name) = (self.bound(), self.witness(), &*self.argument.name);
        let span = self.at.span;
        [code!(span=> #bound,), code!(span=> #name,), code!(span=> #witness,)]
    }

    /// Notes at start-up what the argument says about the handler; a value of the URL says nothing.
    pub(super) fn describe(&self) -> Option<Code> {
        if self.is_in_url() {
            return None;
        }
        let (witness, name) = (self.witness(), &*self.argument.name);
        Some(code!(self.at.span=> #witness.describe(#name, __signature);))
    }

    /// Notes the type, if it has a description, under the argument's name.
    pub(super) fn typed(&self) -> Code {
        let described = code!(self.at.span=> &mut __signature.types);
        typed(&self.at, self.ty.clone(), &self.argument.name, described)
    }

    /// The value as the handler takes it.
    pub(super) fn pass(&self) -> Code {
        let variable = self.variable();
        match self.argument.lent {
            Lent::Shared if self.source != Source::Type && is(&self.argument.ty, "str") => variable,
            Lent::No => variable,
            Lent::Shared => code!(self.at.span=> &#variable),
            Lent::Exclusive => code!(self.at.span=> &mut #variable),
        }
    }
}

/// What makes [`witness`] choose how an argument is obtained, where one is to be chosen.
pub(super) fn ladder(handlers: &[Handler]) -> Option<Code> {
    let endpoints = handlers.iter().flat_map(|handler| &handler.endpoints);
    let chosen = endpoints.flat_map(|endpoint| &endpoint.sources).any(|s| *s == Source::Type);
    let At { span, p } = At::of(&handlers.first().filter(|_| chosen)?.place);
    Some(code!(span=> use #p::ladder::*;))
}

/// The expression that names the bound of a type which is located at its anchor.
pub(crate) fn witness(At { span, p }: &At, source: Source, ty: Code) -> Code {
    match source {
        Source::Path => code!(*span=> #p::route_parameter::<#ty>()),
        Source::Query => code!(*span=> #p::query_parameter::<#ty>()),
        Source::Type => code!(*span=> (&&&&#p::argument::<#ty>()).pick()),
    }
}

/// Notes a type that is located at its anchor, if it has a description.
pub(crate) fn typed(At { span, p }: &At, ty: Code, name: &str, described: Code) -> Code {
    code!(*span=> (&&&#p::Typed::<#ty>::new()).note(#name, #described);)
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
