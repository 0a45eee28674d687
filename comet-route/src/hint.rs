//! Which route a request was probably meant for.

use crate::nearest::edits;
use crate::route::{Route, Segment};

/// The route that a path which matches nothing was most likely meant for: help for a 404.
///
/// `path` is in normal form (see [`normalize_path`](crate::normalize_path)). Empty segments and a
/// trailing slash are overlooked, a static segment may be misspelt as far as
/// [`nearest`](crate::nearest) allows, and parameters take anything. Of equally near routes the one
/// wins that [`cmp_precedence`](Route::cmp_precedence) puts first.
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
    nearest_of(path, routes.into_iter().map(|route| (route, ()))).map(|(route, ())| route)
}

/// [`nearest_route`], with what belongs to the routes.
pub(crate) fn nearest_of<'r, T>(
    path: &str,
    routes: impl Iterator<Item = (&'r Route, T)>,
) -> Option<(&'r Route, T)> {
    let pieces: Vec<&str> = path.split('/').filter(|piece| !piece.is_empty()).collect();
    let near = routes.filter_map(|(route, of)| Some((distance(route, &pieces)?, route, of)));
    near.min_by(|(a, route, _), (b, other, _)| a.cmp(b).then_with(|| route.cmp_precedence(other)))
        .map(|(_, route, of)| (route, of))
}

/// The edits that make the pieces match, if each is near enough.
fn distance(route: &Route, pieces: &[&str]) -> Option<usize> {
    let mut total = 0;
    let mut pieces = pieces.iter();
    for segment in route.segments() {
        let piece = pieces.next()?;
        match segment {
            Segment::Static(text) => total += edits(piece, text)?,
            Segment::Param(_) => {}
            Segment::Rest(_) => return Some(total),
        }
    }
    pieces.next().is_none().then_some(total)
}
