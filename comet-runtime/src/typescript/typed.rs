//! How the types of what crosses the wire get from an expansion to a description of them.
//!
//! An expansion knows the concrete type, so method resolution can choose, as it does for [arguments](crate::extract::argument):
//! `(&&&Typed::<T>::new()).note(…)` finds the first rung that `T` satisfies. The last one asks nothing of a type and notes
//! nothing, so that a handler never has to be described to compile. Without the feature `typescript` it is the only one.

use std::marker::PhantomData;

use super::Types;

/// Writes the name of a type in TypeScript, and sees to it that the name is declared.
pub(super) type Describe = fn(&mut Types) -> String;

/// The types that a handler or a channel has to do with, as far as they have a description.
#[derive(Clone, Debug, Default)]
pub struct Described {
    /// Of its arguments and placeholders, by their names.
    pub(super) values: Vec<(&'static str, Describe)>,
    /// Of the events that it sends.
    pub(super) events: Option<Describe>,
    /// Of what it returns.
    pub(super) reply: Option<Describe>,
    /// Whether that is a page, or a response of its own making.
    pub(super) is_document: bool,
    /// Whether it takes files of a form.
    pub(super) has_files: bool,
}

/// Notes nothing: what a channel's declaration has without the feature `typescript`.
pub fn undescribed(_: &mut Described) {}

/// The foot of the ladder for an argument, a placeholder or events.
#[derive(Debug)]
pub struct Typed<T: ?Sized>(PhantomData<fn(&T)>);

#[expect(clippy::new_without_default, reason = "expansions are its only users")]
impl<T: ?Sized> Typed<T> {
    /// For one type.
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// The foot of the ladder for what a handler returns.
#[derive(Debug)]
pub struct Returned<R>(PhantomData<fn() -> R>);

#[expect(clippy::new_without_default, reason = "expansions are its only users")]
impl<R> Returned<R> {
    /// For one type.
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// The last rung: a type without a description.
pub trait Untyped {
    /// Notes nothing.
    fn note(&self, _: &'static str, _: &mut Described) {}
}

impl<T: ?Sized> Untyped for Typed<T> {}

impl<R> Untyped for Returned<R> {}

/// The rungs as an expansion brings them into scope, whichever there are.
pub mod rungs {
    #[cfg(all(feature = "typescript", feature = "upload"))]
    pub use super::super::described::TypedFile as _;
    #[cfg(feature = "typescript")]
    pub use super::super::described::{TypedEvents as _, TypedReply as _, TypedValue as _};
    pub use super::Untyped as _;
}
