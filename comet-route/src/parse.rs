//! The parser: goes through path and query and collects what is there and what is wrong.

use crate::braces;
use crate::error::ParseError;
use crate::literal;
use crate::model::{
    MAX_BYTES, MAX_PATH_PLACEHOLDERS, MAX_PLACEHOLDERS, Place, Placeholder, Route, Segment,
};
use crate::piece::Piece;
use crate::placeholder::{self, Hole};
use crate::query;

/// Reads a route. It is whole only if there are no errors; each of them is a mistake of its own, in
/// the order of the source.
pub(crate) fn route(source: &str) -> (Route, Vec<ParseError>) {
    let route = Route { source: source.into(), segments: Vec::new(), names: Vec::new() };
    let mut parser = Parser { route, errors: Vec::new() };
    match check_whole(source).and_then(|()| braces::check(source)) {
        Err(error) => parser.errors.push(error),
        Ok(()) => {
            let (path, query) = Piece::from(source).split_once('?');
            parser.path(path);
            if let Some(query) = query {
                query::read(&mut parser, query);
            }
            parser.count();
        }
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
        let end = behind.find('/').map_or(source.len(), |at| scheme.len() + 3 + at);
        let help = format!("write {:?}", if end < source.len() { &source[end..] } else { "/" });
        return Err(ParseError::new(0..end, "a route has no scheme and no host", help));
    }
    Ok(())
}

pub(crate) struct Parser {
    pub(crate) route: Route,
    pub(crate) errors: Vec<ParseError>,
}

impl Parser {
    fn path(&mut self, path: Piece<'_>) {
        let body = match path.text.strip_prefix('/') {
            Some(text) => Piece { text, start: path.start + 1 },
            None => {
                self.errors.push(self.no_leading_slash(path));
                path
            }
        };
        if body.text.is_empty() {
            return;
        }
        let mut slashes_wrong = false;
        for piece in body.split('/') {
            if !piece.text.is_empty() {
                let behind = &self.route.source[piece.range().end..body.range().end];
                let last = behind.bytes().all(|byte| byte == b'/');
                self.segment(piece, last);
            } else if !slashes_wrong {
                slashes_wrong = true;
                self.errors.push(self.empty_segment(piece, piece.range().end == body.range().end));
            }
        }
    }

    fn no_leading_slash(&self, path: Piece<'_>) -> ParseError {
        let first = path.text.chars().next().map_or(0, char::len_utf8);
        let help = match self.route.source.as_str() {
            "" => "write \"/\" for the root".into(),
            source => format!("write \"/{source}\""),
        };
        ParseError::new(0..first, "a route starts with `/`", help)
    }

    fn empty_segment(&self, piece: Piece<'_>, trailing: bool) -> ParseError {
        let source = &self.route.source;
        let (path, query) = source.split_at(source.find('?').unwrap_or(source.len()));
        let segments: Vec<_> = path.split('/').filter(|text| !text.is_empty()).collect();
        let help = format!("write \"/{}{query}\"", segments.join("/"));
        let slash = piece.start - 1;
        if trailing {
            return ParseError::new(slash..slash + 1, "a route does not end with `/`", help);
        }
        ParseError::new(slash..slash + 2, "the route has an empty segment (`//`)", help)
    }

    fn segment(&mut self, piece: Piece<'_>, last: bool) {
        match segment(piece) {
            Err(error) => self.errors.push(error),
            Ok(Read::Static(text)) => self.route.segments.push(Segment::Static(text)),
            Ok(Read::Hole(Hole { name, rest: false })) => {
                self.route.segments.push(Segment::Param(name.into()));
                self.name(name, Place::Path, piece);
            }
            Ok(Read::Hole(Hole { name, rest: true })) => {
                self.route.segments.push(Segment::Rest(name.into()));
                self.name(name, Place::Rest, piece);
                if !last {
                    self.misplaced_rest(name, piece);
                }
            }
        }
    }

    /// Notes a placeholder; path and query share their names.
    pub(crate) fn name(&mut self, name: &str, place: Place, piece: Piece<'_>) {
        let range = piece.range();
        let mut earlier = self.route.names.iter().filter(|other| other.name == name);
        if let Some(first) = earlier.next().map(|first| first.range.clone())
            && earlier.next().is_none()
        {
            let message = format!("`{{{name}}}` appears twice in the route");
            let help = "give each placeholder a name of its own";
            let error = ParseError::new(range.clone(), message, help);
            self.errors.push(ParseError { earlier: Some(first), ..error });
        }
        self.route.names.push(Placeholder { name: name.into(), place, range });
    }

    fn misplaced_rest(&mut self, name: &str, piece: Piece<'_>) {
        let message = format!("`{{*{name}}}` matches the rest of the path, so it must come last");
        let help = format!("move it to the end, or take one segment with `{{{name}}}`");
        self.errors.push(ParseError::new(piece.range(), message, help));
    }

    fn count(&mut self) {
        let in_path = self.route.names.iter().filter(|name| name.place != Place::Query).count();
        let (limit, part) = if in_path > MAX_PATH_PLACEHOLDERS {
            (MAX_PATH_PLACEHOLDERS, "the path of a route")
        } else {
            (MAX_PLACEHOLDERS, "a route")
        };
        if let Some(first_too_many) = self.route.names.get(limit) {
            let message = format!("{part} has at most {limit} placeholders");
            let help = "send the values in the body of the request";
            self.errors.push(ParseError::new(first_too_many.range.clone(), message, help));
        }
    }
}

enum Read<'s> {
    Static(String),
    Hole(Hole<'s>),
}

/// Reads one segment; its braces are known to be paired.
fn segment(piece: Piece<'_>) -> Result<Read<'_>, ParseError> {
    let Some(open) = piece.text.find('{') else { return literal::read(piece).map(Read::Static) };
    let inner = piece.text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    match inner.filter(|inner| !inner.contains('}')) {
        Some(inner) => placeholder::read(piece, inner).map(Read::Hole),
        None => Err(partial(piece, open)),
    }
}

fn partial(piece: Piece<'_>, open: usize) -> ParseError {
    let hole = piece.text[open..].split_inclusive('}').next().unwrap_or_default();
    ParseError::new(
        piece.range(),
        format!("a parameter must be a whole segment: `{}`", piece.text),
        format!("take the whole segment with `{hole}` and split it in the handler"),
    )
}
