//! Values of the URL: those that the route names.

use std::fmt;
use std::future::{Future, ready};
use std::marker::PhantomData;

use http::StatusCode;

use super::{Param, ParamError, Query, Way};
use crate::call::Call;
use crate::error::Error;
use crate::registry::Signature;

/// A type that the compiler has accepted for its place in a URL, and the name of that place.
///
/// Whatever is done with a value of the URL begins with one, so that a type which does not fit is one error however often
/// it is used. For that it knows by `G` what is read, and asks nothing of `T` for it.
pub struct InUrl<T: ?Sized, G: for<'r> Gets<'r> + ?Sized> {
    pub(crate) name: &'static str,
    read: for<'r> fn(&'r Call, &'static str) -> Result<<G as Gets<'r>>::Got, Error>,
    of: PhantomData<fn(&T)>,
}

/// What is read of a call.
pub trait Gets<'r> {
    /// The value, or a borrow of the request.
    type Got: Send;
}

/// The type of a placeholder in the path.
#[must_use]
pub fn route_parameter<T: Param + ?Sized>(
    name: &'static str,
) -> InUrl<T, dyn for<'r> Gets<'r, Got = T::Get<'r>>> {
    InUrl { name, read: in_path::<T>, of: PhantomData }
}

/// The type of a placeholder in the query.
#[must_use]
pub fn query_parameter<T: Query + ?Sized>(
    name: &'static str,
) -> InUrl<T, dyn for<'r> Gets<'r, Got = T::Get<'r>>> {
    InUrl { name, read: in_query::<T>, of: PhantomData }
}

/// Reads the value of a path placeholder.
pub(crate) fn in_path<'r, T: Param + ?Sized>(
    call: &'r Call,
    name: &'static str,
) -> Result<T::Get<'r>, Error> {
    let missing = || misfit(name, &ParamError::new("it is missing"));
    let text = call.values.path(name).ok_or_else(missing)?;
    T::read(text).map_err(|e| misfit(name, &e))
}

/// Reads the value of a query placeholder.
fn in_query<'r, T: Query + ?Sized>(
    call: &'r Call,
    name: &'static str,
) -> Result<T::Get<'r>, Error> {
    T::read_all(call.values.query(name)).map_err(|e| misfit(name, &e))
}

impl<T: ?Sized, G: for<'r> Gets<'r> + ?Sized + 'static> Way for InUrl<T, G> {
    type Read<'r> = <G as Gets<'r>>::Got;
    type Taken = ();
    type Slot = ();
    type Passed<'s> = <G as Gets<'s>>::Got;

    fn describe(&self, _: &mut Signature) {}

    fn read<'r>(&self, call: &'r Call) -> Result<Self::Read<'r>, Error> {
        (self.read)(call, self.name)
    }

    fn take(self, _: &Call) -> impl Future<Output = Result<(), Error>> + Send {
        ready(Ok(()))
    }

    fn pass<'s>(read: Self::Read<'s>, (): (), (): &'s mut ()) -> Self::Passed<'s> {
        read
    }
}

impl<T: ?Sized, G: for<'r> Gets<'r> + ?Sized> fmt::Debug for InUrl<T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InUrl").field(&self.name).finish()
    }
}

fn misfit(name: &str, error: &ParamError) -> Error {
    Error::new(StatusCode::BAD_REQUEST, format!("`{name}` of the route does not fit: {error}"))
}
