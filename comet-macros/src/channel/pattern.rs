//! The pattern of a channel's names, read by the grammar of routes: a name is a path without its first slash.

use std::ops::Range;

use comet_route::{ParseError, Place};
use syn::LitStr;

use super::reword::{reworded, without_slash};
use crate::errors::Errors;
use crate::model::Route;

/// Reads a pattern; says what is wrong with it.
pub(super) fn read(literal: &LitStr, errors: &mut Errors) -> Option<Route> {
    let source = literal.value();
    match parse(&source) {
        Ok(full) => Some(Route { literal: literal.clone(), prefix: String::new(), full }),
        Err(wrong) => {
            for error in wrong {
                errors.at(literal.span(), error.render(&source));
            }
            None
        }
    }
}

fn parse(source: &str) -> Result<comet_route::Route, Vec<ParseError>> {
    if let Some(error) = whole(source) {
        return Err(vec![error]);
    }
    let route = comet_route::Route::parse_all(&format!("/{source}"))
        .map_err(|wrong| wrong.into_iter().map(reworded).collect::<Vec<_>>())?;
    let rests = route.names().iter().filter(|name| name.place() == Place::Rest);
    let rests: Vec<_> = rests.map(|rest| no_rest(without_slash(&rest.range()))).collect();
    if rests.is_empty() { Ok(route) } else { Err(rests) }
}

/// What a route may have and a pattern may not.
fn whole(source: &str) -> Option<ParseError> {
    if source.is_empty() {
        let help = "write what the channel is about: \"todos/{list}\"";
        return Some(ParseError::new(0..0, "a channel has a name", help));
    }
    if let Some(name) = source.strip_prefix('/') {
        let help = format!("write it without: \"{}\"", name.trim_start_matches('/'));
        return Some(ParseError::new(0..1, "a channel's name does not start with `/`", help));
    }
    let query = source.find('?')?;
    let help = "leave it out: a channel's name is segments only, and each has a value";
    Some(ParseError::new(query..query + 1, "`?` is not allowed in a pattern", help))
}

/// The refusal of a rest, written in whatever way.
pub(super) fn no_rest(range: Range<usize>) -> ParseError {
    let help = "give each segment a name of its own: `{name}`";
    ParseError::new(range, "a pattern has no rest: channels are named segment by segment", help)
}
