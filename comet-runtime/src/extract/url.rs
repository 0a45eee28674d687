//! Values of the URL: those that the route names.

use http::StatusCode;

use super::{Param, Query, Tag};
use crate::call::Call;
use crate::error::Error;

/// Reads the value of a path placeholder. A call by name has no path to read it from, and gives it in the query.
pub fn path<'r, T: Param + ?Sized>(
    _: Tag<T>,
    call: &'r Call,
    name: &'r str,
) -> Result<T::Get<'r>, Error> {
    let text = call.values.path(name).or_else(|| call.values.query(name).next());
    let text = text.ok_or_else(|| misfit(name, &super::ParamError::new("it is missing")))?;
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
    Error::new(StatusCode::BAD_REQUEST, format!("`{name}` in the URL does not fit: {error}"))
}
