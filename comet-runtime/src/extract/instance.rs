//! The app's instance of a handler struct, as the receiver of its methods.

use std::any::type_name;
use std::future::{Future, ready};
use std::marker::PhantomData;

use super::Way;
use super::extractors::{need, unprovided};
use super::nowhere::NoInstance;
use crate::call::Call;
use crate::error::Error;
use crate::ladder::ladder;
use crate::registry::Signature;

/// Looks for the way to the instance: a method is called on what the app was given, which several threads do at once.
///
/// The first rung of this ladder fits, and each of the others lacks one thing.
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

ladder! { (T) Shareable, Unsent, Unshared }

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
