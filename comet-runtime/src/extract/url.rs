//! Values of the URL: those that the route names.

use http::StatusCode;

use super::{Param, Query, Tag};
use crate::call::Call;
use crate::error::Error;

/// Reads the value of a path placeholder.
pub fn path<'r, T: Param + ?Sized>(
    _: Tag<T>,
    call: &'r Call,
    name: &'r str,
) -> Result<T::Get<'r>, Error> {
    let missing = || misfit(name, &super::ParamError::new("it is missing"));
    let text = call.values.path(name).ok_or_else(missing)?;
    T::read(text).map_err(|e| misfit(name, &e))
}

/// Reads the value of a query placeholder.
pub fn query<'r, T: Query + ?Sized>(
    _: Tag<T>,
    call: &'r Call,
    name: &'r str,
) -> Result<T::Get<'r>, Error> {
    T::read_all(call.values.query(name)).map_err(|e| misfit(name, &e))
}

fn misfit(name: &str, error: &super::ParamError) -> Error {
    Error::new(StatusCode::BAD_REQUEST, format!("`{name}` of the route does not fit: {error}"))
}
