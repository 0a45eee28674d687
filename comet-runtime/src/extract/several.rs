//! The arguments of a handler that are not in the URL, taken at once: what an expansion says of each is short, as the
//! compiler reads it at every check.

use std::future::Future;

use crate::call::Call;
use crate::error::Error;

/// A way to obtain an argument, as its type has picked it.
pub trait Way {
    /// The argument.
    type Taken;

    /// Takes the argument of this name out of the call.
    fn take(
        self,
        call: &Call,
        name: &'static str,
    ) -> impl Future<Output = Result<Self::Taken, Error>> + Send;

    /// Takes the only one, and says that all were taken.
    fn only(
        self,
        call: &Call,
        name: &'static str,
    ) -> impl Future<Output = Result<Self::Taken, Error>>
    where
        Self: Sized,
    {
        async move {
            let taken = self.take(call, name).await?;
            call.begin()?;
            Ok(taken)
        }
    }
}

/// One [`Way`] for each of `N` names.
pub trait Ways<const N: usize> {
    /// A tuple of the arguments.
    type Taken;

    /// Takes the arguments of these names out of the call, one after the other.
    fn take(
        self,
        call: &Call,
        names: [&'static str; N],
    ) -> impl Future<Output = Result<Self::Taken, Error>>;
}

macro_rules! several {
    ($($count:literal: $($one:ident $nth:tt)*;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($one: Way),*> Ways<$count> for ($($one,)*) {
            type Taken = ($($one::Taken,)*);

            async fn take(
                self,
                call: &Call,
                names: [&'static str; $count],
            ) -> Result<Self::Taken, Error> {
                Ok(($(self.$nth.take(call, names[$nth]).await?,)*))
            }
        }
    )+};
}

several! {
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
    7: A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
}

/// Takes arguments, at most eight, of which more are to follow.
pub fn part<const N: usize, W: Ways<N>>(
    call: &Call,
    names: [&'static str; N],
    ways: W,
) -> impl Future<Output = Result<W::Taken, Error>> {
    ways.take(call, names)
}

/// Takes the last arguments, at most eight, and says that all were taken.
pub async fn take<const N: usize, W: Ways<N>>(
    call: &Call,
    names: [&'static str; N],
    ways: W,
) -> Result<W::Taken, Error> {
    let taken = ways.take(call, names).await?;
    call.begin()?;
    Ok(taken)
}
