//! The app's instance of a handler struct, as the receiver of its methods.

use std::any::type_name;
use std::future::{Future, ready};
use std::marker::PhantomData;

use super::Way;
use super::extractors::{need, unprovided};
use crate::call::Call;
use crate::error::Error;
use crate::registry::Signature;

/// The way to the instance.
#[derive(Debug)]
pub struct Instance<T>(PhantomData<fn() -> T>);

/// A method is called on what the app was given.
#[must_use]
pub fn instance<T: Send + Sync + 'static>() -> Instance<T> {
    Instance(PhantomData)
}

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
