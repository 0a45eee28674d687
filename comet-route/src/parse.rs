//! The parser: goes through path and query and collects what is there and what is wrong.

use crate::error::ParseError;
use crate::matching::split_segment;
use crate::pairing;
use crate::piece::Piece;
use crate::placeholder::{Place, Placeholder};
use crate::query;
use crate::route::{MAX_BYTES, MAX_PLACEHOLDERS, Route, Segment};
use crate::segment;
use crate::spell::spell;

/// Reads a route. It is whole only if there are no errors; each of them is a mistake of its own, in
/// the order of the source.
pub(crate) fn route(source: &str) -> (Route, Vec<ParseError>) {
    let route = Route { source: source.into(), segments: Vec::new(), names: Vec::new() };
    let mut parser = Parser { route, errors: Vec::new() };
    match check_whole(source).and_then(|()| pairing::check(source)) {
        Err(error) => parser.errors.push(error),
        Ok(()) => parser.read(source.into()),
    }
    parser.errors.sort_by_key(|error| error.range.start);
    (parser.route, parser.errors)
}

/// Mistakes after which reading on would only find their consequences.
fn check_whole(source: &str) -> Result<(), ParseError> {
    if source.len() > MAX_BYTES {
        let message =
            format!("a route has at most {MAX_BYTES} bytes, this one has {}", source.len());
        let start = source.floor_char_boundary(MAX_BYTES);
        return Err(ParseError::new(start..source.len(), message, "write a shorter route"));
    }
    if let Some((scheme, behind)) = source.split_once("://")
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        let (host, path) = split_segment(behind);
        let path = if path.is_empty() { "/" } else { path };
        let help = format!("write \"{}\"", spell(path));
        let range = 0..scheme.len() + "://".len() + host.len();
        return Err(ParseError::new(range, "a route has no scheme and no host", help));
    }
    Ok(())
}

struct Parser {
    route: Route,
    errors: Vec<ParseError>,
}

impl Parser {
    fn read(&mut self, source: Piece<'_>) {
        let (path, query) = source.split_once('?');
        match path.text.strip_prefix('/') {
            Some("") => {}
            Some(text) => self.segments(Piece { text, start: 1 }),
            None => {
                self.errors.push(no_leading_slash(source.text));
                self.segments(path);
            }
        }
        if let Some(query) = query {
            self.query(path, query);
        }
        self.count();
    }

    fn segments(&mut self, path: Piece<'_>) {
        let mut slashes_are_right = !path.text.is_empty();
        for piece in path.split('/') {
            if !piece.text.is_empty() {
                let last = path.text[piece.end() - path.start..].trim_matches('/').is_empty();
                self.segment(piece, last);
            } else if slashes_are_right {
                slashes_are_right = false;
                self.errors.push(empty_segment(&self.route.source, path, piece));
            }
        }
    }

    fn segment(&mut self, piece: Piece<'_>, last: bool) {
        let segment = match segment::read(piece) {
            Ok(segment) => segment,
            Err(error) => return self.errors.push(error),
        };
        match &segment {
            Segment::Static(_) => {}
            Segment::Param(name) => self.name(name, Place::Path, piece),
            Segment::Rest(name) => {
                self.name(name, Place::Rest, piece);
                if !last {
                    self.errors.push(misplaced_rest(name, piece));
                }
            }
        }
        self.route.segments.push(segment);
    }

    fn query(&mut self, path: Piece<'_>, query: Piece<'_>) {
        if query.text.is_empty() {
            // `:id?` is another system's optional parameter, and refused already.
            if !self.errors.iter().any(|error| error.range == last_segment(path).range()) {
                self.errors.push(query::missing(path.text));
            }
            return;
        }
        for piece in query.split('&') {
            match query::parameter(piece) {
                Ok(name) => self.name(name, Place::Query, piece),
                Err(error) => self.errors.push(error),
            }
        }
    }

    /// Notes a placeholder; path and query share their names. One that appears often is one
    /// mistake.
    fn name(&mut self, name: &str, place: Place, piece: Piece<'_>) {
        let range = piece.range();
        let earlier = self.route.names.iter().filter(|earlier| earlier.name == name);
        if let [first] = earlier.collect::<Vec<_>>()[..] {
            let message = format!("`{{{name}}}` appears twice in the route");
            let help = "give each placeholder a name of its own";
            let error = ParseError::new(range.clone(), message, help);
            self.errors.push(ParseError { earlier: Some(first.range()), ..error });
        }
        self.route.names.push(Placeholder { name: name.into(), place, range });
    }

    fn count(&mut self) {
        if let Some(first_too_many) = self.route.names.get(MAX_PLACEHOLDERS) {
            let message = format!("a route has at most {MAX_PLACEHOLDERS} placeholders");
            let help = "send the values in the body of the request";
            self.errors.push(ParseError::new(first_too_many.range(), message, help));
        }
    }
}

fn last_segment(path: Piece<'_>) -> Piece<'_> {
    path.split('/').last().unwrap_or(path)
}

fn no_leading_slash(source: &str) -> ParseError {
    let first = source.chars().next().map_or(0, char::len_utf8);
    let help = match source {
        "" => "write \"/\" for the root".into(),
        _ => format!("write \"/{}\"", spell(source)),
    };
    ParseError::new(0..first, "a route starts with `/`", help)
}

/// `piece` is the first empty one of `path`; the help mends all slashes at once.
fn empty_segment(source: &str, path: Piece<'_>, piece: Piece<'_>) -> ParseError {
    let segments: Vec<_> = path.text.split('/').filter(|text| !text.is_empty()).collect();
    let normal = format!("/{}{}", segments.join("/"), &source[path.end()..]);
    let help = format!("write \"{}\"", spell(&normal));
    let slash = piece.start - 1;
    if piece.start == path.end() {
        return ParseError::new(slash..slash + 1, "a route does not end with `/`", help);
    }
    ParseError::new(slash..slash + 2, "the route has an empty segment (`//`)", help)
}

fn misplaced_rest(name: &str, piece: Piece<'_>) -> ParseError {
    let message = format!("`{{*{name}}}` matches the rest of the path, so it must come last");
    let help = format!("move it to the end, or take one segment with `{{{name}}}`");
    ParseError::new(piece.range(), message, help)
}
