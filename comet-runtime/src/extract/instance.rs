//! The app's instance of a handler struct, as the receiver of its methods.

use std::any::type_name;
use std::future::{Future, ready};
use std::marker::PhantomData;
use std::ops::Deref;

use super::Way;
use super::extractors::{need, unprovided};
use super::nowhere::NoInstance;
use crate::call::Call;
use crate::error::Error;
use crate::registry::Signature;

/// Looks for the way to the instance: a method is called on what the app was given, which several threads do at once.
///
/// As with an argument, each dereference is one rung down a ladder: the first fits, and each of the others lacks one thing.
#[must_use]
pub const fn instance<T>() -> Shareable<T> {
    Shareable(Unsent(Unshared(PhantomData)))
}

/// First rung: threads can share it, and hand it on.
#[derive(Debug)]
pub struct Shareable<T>(Unsent<T>);

impl<T: Send + Sync + 'static> Shareable<T> {
    /// The way to the instance.
    pub fn called_from_many_threads(&self) -> Instance<T> {
        Instance(PhantomData)
    }
}

/// Second rung: they cannot hand it on.
#[derive(Debug)]
pub struct Unsent<T>(Unshared<T>);

impl<T: Sync> Unsent<T> {
    /// No way, as it is not `Send`.
    pub fn called_from_many_threads(&self) -> NoInstance<T>
    where
        T: Send,
    {
        NoInstance::new()
    }
}

/// Last rung: they cannot share it.
#[derive(Debug)]
pub struct Unshared<T>(PhantomData<fn() -> T>);

impl<T> Unshared<T> {
    /// No way, as it is not `Sync`.
    pub fn called_from_many_threads(&self) -> NoInstance<T>
    where
        T: Sync,
    {
        NoInstance::new()
    }
}

impl<T> Deref for Shareable<T> {
    type Target = Unsent<T>;

    fn deref(&self) -> &Unsent<T> {
        &self.0
    }
}

impl<T> Deref for Unsent<T> {
    type Target = Unshared<T>;

    fn deref(&self) -> &Unshared<T> {
        &self.0
    }
}

/// The way to the instance.
#[derive(Debug)]
pub struct Instance<T>(PhantomData<fn() -> T>);

impl<T: Send + Sync + 'static> Way for Instance<T> {
    type Read<'r> = &'r T;
    type Taken = ();
    type Slot = ();
    type Passed<'s> = &'s T;

    fn describe(&self, signature: &mut Signature) {
        signature.needs.push(need::<T>("with"));
    }

    fn read<'r>(&self, call: &'r Call) -> Result<&'r T, Error> {
        call.states.borrow().ok_or_else(|| unprovided(type_name::<T>()))
    }

    fn take(self, _: &Call) -> impl Future<Output = Result<(), Error>> + Send {
        ready(Ok(()))
    }

    fn pass<'s>(read: &'s T, (): (), (): &'s mut ()) -> &'s T {
        read
    }
}
