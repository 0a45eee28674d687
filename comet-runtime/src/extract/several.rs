//! The arguments of a handler, taken together: what an expansion says of each is short, as the compiler reads it at every
//! check.

use std::future::Future;

use crate::call::Call;
use crate::error::Error;
use crate::registry::Signature;

/// A way to obtain an argument that is not in the URL, as its type has picked it.
pub trait Source: Sized + Send {
    /// The argument.
    type Value: Send;

    /// Notes at start-up what the argument says about its handler.
    fn describe(&self, signature: &mut Signature);

    /// Takes the argument out of the call.
    fn take(self, call: &Call) -> impl Future<Output = Result<Self::Value, Error>> + Send;
}

/// A way to obtain an argument, or a tuple of ways for several: first what is in the URL, then the others one after the
/// other.
pub trait Way: Sized + Send {
    /// What is read from the URL.
    type Read<'r>: Send;
    /// What is taken from the call.
    type Taken: Send;
    /// Where that stands while the handler borrows it.
    type Slot: Default + Send;
    /// The argument as the handler has it.
    type Passed<'s>;

    /// Notes at start-up what the argument says about its handler.
    fn describe(&self, signature: &mut Signature);

    /// Reads the values of the URL.
    fn read<'r>(&self, call: &'r Call) -> Result<Self::Read<'r>, Error>;

    /// Takes what is not in the URL.
    fn take(self, call: &Call) -> impl Future<Output = Result<Self::Taken, Error>> + Send;

    /// Hands both over.
    fn pass<'s>(
        read: Self::Read<'s>,
        taken: Self::Taken,
        slot: &'s mut Self::Slot,
    ) -> Self::Passed<'s>;
}

/// The way to an argument that the handler borrows.
#[derive(Debug)]
pub struct Lent<S>(pub(super) S);

impl<S: Source<Value: 'static>> Way for Lent<S> {
    type Read<'r> = ();
    type Taken = S::Value;
    type Slot = Option<S::Value>;
    type Passed<'s> = &'s mut S::Value;

    fn describe(&self, signature: &mut Signature) {
        self.0.describe(signature);
    }

    fn read(&self, _: &Call) -> Result<(), Error> {
        Ok(())
    }

    fn take(self, call: &Call) -> impl Future<Output = Result<S::Value, Error>> + Send {
        self.0.take(call)
    }

    fn pass((): (), taken: S::Value, slot: &mut Option<S::Value>) -> &mut S::Value {
        slot.insert(taken)
    }
}

macro_rules! several {
    ($(($($one:ident $nth:tt)*);)+) => {$(
        #[allow(clippy::unused_unit, unused_variables)]
        impl<$($one: Way),*> Way for ($($one,)*) {
            type Read<'r> = ($($one::Read<'r>,)*);
            type Taken = ($($one::Taken,)*);
            type Slot = ($($one::Slot,)*);
            type Passed<'s> = ($($one::Passed<'s>,)*);

            fn describe(&self, signature: &mut Signature) {
                $(self.$nth.describe(signature);)*
            }

            fn read<'r>(&self, call: &'r Call) -> Result<Self::Read<'r>, Error> {
                Ok(($(self.$nth.read(call)?,)*))
            }

            async fn take(self, call: &Call) -> Result<Self::Taken, Error> {
                Ok(($(self.$nth.take(call).await?,)*))
            }

            fn pass<'s>(
                read: Self::Read<'s>,
                taken: Self::Taken,
                slot: &'s mut Self::Slot,
            ) -> Self::Passed<'s> {
                ($($one::pass(read.$nth, taken.$nth, &mut slot.$nth),)*)
            }
        }
    )+};
}

several! {
    ();
    (A 0);
    (A 0 B 1);
    (A 0 B 1 C 2);
    (A 0 B 1 C 2 D 3);
    (A 0 B 1 C 2 D 3 E 4);
    (A 0 B 1 C 2 D 3 E 4 F 5);
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6);
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
}
