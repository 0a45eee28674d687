//! What the compiler says of a placeholder that names no argument.
//!
//! An expansion that found one hands the route to `format_args!` with a value in the unknown name's place whose `Display`
//! needs what nobody has. The compiler then points at the placeholder inside the literal, in our words.

use std::fmt;
use std::marker::PhantomData;

/// What an unknown placeholder would have to be.
#[diagnostic::on_unimplemented(
    message = "the route names an argument that the handler does not have",
    label = "did you mean `{{{Nearest}}}`?",
    note = "the handler's arguments are `{Arguments}`"
)]
pub trait NamedLike<Nearest, Arguments> {}

/// What a placeholder would have to be that is like no argument's name.
#[diagnostic::on_unimplemented(
    message = "the route names an argument that the handler does not have",
    label = "no argument has this name",
    note = "the handler's arguments are `{Arguments}`"
)]
pub trait Named<Arguments> {}

/// A placeholder without an argument.
#[derive(Debug)]
pub struct Placeholder;

/// The value in its place, when an argument has a similar name.
#[derive(Debug)]
pub struct Near<N, A>(PhantomData<(N, A)>);

/// The value in its place.
#[derive(Debug)]
pub struct Unlike<A>(PhantomData<A>);

/// For a placeholder that is nearly the name `N`.
#[must_use]
pub fn near<N, A>() -> Near<N, A> {
    Near(PhantomData)
}

/// For a placeholder that is like none of the arguments.
#[must_use]
pub fn unlike<A>() -> Unlike<A> {
    Unlike(PhantomData)
}

impl<N, A> fmt::Display for Near<N, A>
where
    Placeholder: NamedLike<N, A>,
{
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl<A> fmt::Display for Unlike<A>
where
    Placeholder: Named<A>,
{
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}
