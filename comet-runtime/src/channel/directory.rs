//! The channel patterns of an app: from a name that a client sends to a declaration.

use comet_route::{ParseError, Route, Table};
use http::StatusCode;

use super::{Declaration, name};
use crate::error::Error;
use crate::log::EventName;

/// The declarations of an app, by pattern.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    table: Table<&'static Declaration>,
}

/// A channel that a client has named.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) declaration: &'static Declaration,
    /// The name in normal form.
    pub(crate) name: String,
    /// The decoded values of the pattern's parameters.
    pub(crate) values: Vec<(String, String)>,
}

impl Directory {
    /// Adds a declaration; hands back the one that has an equal pattern already.
    ///
    /// # Errors
    ///
    /// The pattern is none, or a name that messages of Comet itself have.
    pub(crate) fn add(
        &mut self,
        declaration: &'static Declaration,
    ) -> Result<Option<&'static Declaration>, ParseError> {
        if EventName::is_reserved(declaration.pattern) {
            let pattern = declaration.pattern;
            let what = format!("no channel is called `{pattern}`: a message of Comet itself is");
            let range = 0..pattern.len();
            return Err(ParseError::new(range, what, "call the channel otherwise"));
        }
        let route = Route::parse(&format!("/{}", declaration.pattern))?;
        let shape = route.shape();
        let held = self.table.routes().find(|(other, _)| other.shape() == shape);
        if let Some((_, held)) = held {
            return Ok(Some(held));
        }
        // No shape is there twice, so nothing is refused.
        let _ = self.table.insert(&route, declaration);
        Ok(None)
    }

    /// The channel of that name.
    ///
    /// # Errors
    ///
    /// 400 for a name that no channel can have, 404 for one that no pattern matches.
    pub(crate) fn find(&self, name: &str) -> Result<Named, Error> {
        let mut path = name::path(name)?;
        let found = self.table.at(&path).ok_or_else(|| unknown(name))?;
        let values = found.values.iter().map(|(key, raw)| {
            let value = comet_route::decode(raw).map_err(|_| unknown(name))?;
            Ok(((*key).to_owned(), value.into_owned()))
        });
        let values = values.collect::<Result<_, Error>>()?;
        let declaration = *found.value;
        path.remove(0);
        Ok(Named { declaration, name: path, values })
    }
}

fn unknown(name: &str) -> Error {
    let detail = format!("there is no channel `{}`", name.escape_default());
    Error::new(StatusCode::NOT_FOUND, detail)
}
