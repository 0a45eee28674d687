//! What stands in where a type has no way: it fits as a way does, so that the compiler finds one thing wrong with a handler,
//! the bound that was asked of the type where its way was picked. No program that compiles has any of these.

use std::convert::Infallible;
use std::future::{Future, pending};
use std::marker::PhantomData;

use super::Way;
use crate::call::Call;
use crate::error::Error;
use crate::registry::Signature;

macro_rules! nowhere {
    ($(#[$doc:meta])* $none:ident, $passed:ty) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $none<T>(PhantomData<fn() -> T>);

        impl<T> $none<T> {
            pub(super) const fn new() -> Self {
                Self(PhantomData)
            }
        }

        impl<T: 'static> Way for $none<T> {
            type Read<'r> = ();
            type Taken = Infallible;
            type Slot = ();
            type Passed<'s> = $passed;

            fn describe(&self, _: &mut Signature) {}

            fn read(&self, _: &Call) -> Result<(), Error> {
                Ok(())
            }

            fn take(self, _: &Call) -> impl Future<Output = Result<Infallible, Error>> + Send {
                pending()
            }

            fn pass((): (), taken: Infallible, (): &mut ()) -> Self::Passed<'_> {
                match taken {}
            }
        }
    };
}

nowhere!(
    /// For an argument.
    NoWay, T
);
nowhere!(
    /// For an argument that the handler borrows.
    NoLoan, &'s mut T
);
nowhere!(
    /// For the instance that a method is called on.
    NoInstance, &'s T
);
