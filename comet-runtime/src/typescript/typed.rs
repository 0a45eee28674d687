//! How the types of what crosses the wire get from an expansion to a description of them.
//!
//! `Typed::<T>::new().note(…)` finds the first rung of a [ladder](crate::ladder) that `T` stands on. The last one asks
//! nothing of a type and notes nothing, so that a handler never has to be described to compile. Without the feature
//! `typescript` no other has the method.

use std::marker::PhantomData;

use super::Types;
use crate::ladder::ladder;

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

/// The first rung for an argument, a placeholder or events: what has a description of its own kind.
#[derive(Debug)]
pub struct Typed<T: ?Sized>(TypedValue<T>);

/// The next: any value with a description.
#[derive(Debug)]
pub struct TypedValue<T: ?Sized>(Untyped<T>);

/// The first rung for what a handler returns: a reply.
#[derive(Debug)]
pub struct Returned<R: ?Sized>(ReturnedStream<R>);

/// The next: a stream of events.
#[derive(Debug)]
pub struct ReturnedStream<R: ?Sized>(Untyped<R>);

/// The last rung: a type without a description.
#[derive(Debug)]
pub struct Untyped<T: ?Sized>(PhantomData<fn(&T)>);

#[expect(clippy::new_without_default, reason = "expansions are its only users")]
impl<T: ?Sized> Typed<T> {
    /// For one type.
    #[must_use]
    pub const fn new() -> Self {
        Self(TypedValue(Untyped(PhantomData)))
    }
}

#[expect(clippy::new_without_default, reason = "expansions are its only users")]
impl<R: ?Sized> Returned<R> {
    /// For one type.
    #[must_use]
    pub const fn new() -> Self {
        Self(ReturnedStream(Untyped(PhantomData)))
    }
}

impl<T: ?Sized> Untyped<T> {
    /// Notes nothing.
    pub fn note(&self, _: &'static str, _: &mut Described) {}
}

ladder! { (T: ?Sized) Typed, TypedValue, Untyped }
ladder! { (T: ?Sized) Returned, ReturnedStream, Untyped }
