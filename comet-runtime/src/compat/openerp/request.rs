//! What the client sends: `?session_id=…&data={…}&_=…`.

use std::collections::HashMap;

use http::StatusCode;
use serde_json::value::RawValue;

use crate::arguments::Arguments;
use crate::call::Values;
use crate::error::Error;
use crate::query;

/// The arguments of a request: the members of its `data`, but for those that its path has said already. A request without
/// `data` has them in its query, as elsewhere.
///
/// # Errors
///
/// 400 for what is no JSON object.
pub(super) fn arguments(query: &str, values: &Values) -> Result<Arguments, Error> {
    let Some((_, data)) = query::pairs(query).find(|(name, _)| name == "data") else {
        return Ok(Arguments::form(query.as_bytes()));
    };
    let mut members: HashMap<String, Box<RawValue>> = serde_json::from_str(&data).map_err(|e| {
        Error::new(StatusCode::BAD_REQUEST, format!("`data` in the query is no JSON object: {e}"))
    })?;
    members.retain(|name, _| values.path(name).is_none());
    Ok(Arguments::named(members))
}
