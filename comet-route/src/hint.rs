//! Which route a request was probably meant for.

use crate::model::{Route, Segment};
use crate::nearest::edits;

/// The route that a path which matches nothing was most likely meant for: help for a 404.
///
/// Empty segments and a trailing slash are overlooked, a static segment may be misspelt as far as
/// [`nearest`](crate::nearest) allows, and parameters take anything. Of equally near routes the
/// first wins; to prefer the more exact ones, give them in the order of
/// [`cmp_precedence`](Route::cmp_precedence).
///
/// ```
/// use comet_route::{Route, nearest_route};
///
/// let routes = [Route::parse("/tasks/{id}/log")?, Route::parse("/users/{id}")?];
/// let meant = |path| nearest_route(path, &routes).map(Route::source);
/// assert_eq!(meant("/task/7/log"), Some("/tasks/{id}/log"));
/// assert_eq!(meant("/users//7/"), Some("/users/{id}"));
/// assert_eq!(meant("/news"), None);
/// # Ok::<(), comet_route::ParseError>(())
/// ```
#[must_use]
pub fn nearest_route<'r>(
    path: &str,
    routes: impl IntoIterator<Item = &'r Route>,
) -> Option<&'r Route> {
    let pieces: Vec<&str> = path.split('/').filter(|piece| !piece.is_empty()).collect();
    routes
        .into_iter()
        .filter_map(|route| Some((distance(route, &pieces)?, route)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, route)| route)
}

/// The edits that make the pieces match, if each is near enough.
fn distance(route: &Route, pieces: &[&str]) -> Option<usize> {
    let mut total = 0;
    let mut pieces = pieces.iter();
    for segment in route.segments() {
        let piece = pieces.next()?;
        match segment {
            Segment::Static(text) => total += edits(text, piece)?,
            Segment::Param(_) => {}
            Segment::Rest(_) => return Some(total),
        }
    }
    pieces.next().is_none().then_some(total)
}
