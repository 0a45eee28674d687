//! Which transport a caller takes.

use std::borrow::Cow;

use http::request::Parts;
use http::{HeaderMap, StatusCode, header};

use super::{Transport, websocket};
use crate::error::Error;
use crate::query;
use crate::registry::Shape;

/// Chooses by `?transport=`, else by `Accept` (RFC 9110, section 12.5.1), for a handler of that shape.
///
/// # Errors
///
/// 400 for an unknown `transport`, 406 for an `Accept` that nothing satisfies.
pub(crate) fn negotiate(shape: Shape, parts: &Parts) -> Result<Transport, Error> {
    match asked(parts, "transport") {
        Some(name) => by_name(&name),
        None => by_accept(shape, &parts.headers),
    }
}

/// The first value of that name in the query.
pub(super) fn asked<'p>(parts: &'p Parts, wanted: &str) -> Option<Cow<'p, str>> {
    query::pairs(parts.uri.query()?).find(|(name, _)| name == wanted).map(|(_, value)| value)
}

fn by_name(name: &str) -> Result<Transport, Error> {
    if name == "websocket" {
        return Err(websocket::unasked());
    }
    const NAMES: [(&str, Transport); 6] = [
        ("sse", Transport::Sse),
        ("ndjson", Transport::Ndjson),
        ("json", Transport::Json),
        ("longpoll", Transport::Json),
        ("frame", Transport::Frame),
        ("multipart", Transport::Multipart),
    ];
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, transport)| *transport).ok_or_else(
        || {
            let name = name.escape_default();
            let detail = format!(
                "unknown transport `{name}`; there are sse, ndjson, json, longpoll, jsonp, frame, multipart and websocket"
            );
            Error::new(StatusCode::BAD_REQUEST, detail)
        },
    )
}

/// The media types that `Accept` can choose, the one a caller gets that does not mind first.
const OFFERS: [(Transport, &str, &str); 4] = [
    (Transport::Sse, "text", "event-stream"),
    (Transport::Ndjson, "application", "x-ndjson"),
    (Transport::Json, "application", "json"),
    (Transport::Multipart, "multipart", "x-mixed-replace"),
];

/// The offer that a caller names in full and by itself, as programs do.
fn alone(headers: &HeaderMap) -> Option<Transport> {
    let mut fields = headers.get_all(header::ACCEPT).iter();
    let (Ok(field), None) = (fields.next()?.to_str(), fields.next()) else { return None };
    let named = field.split_once('/')?;
    let offer = OFFERS.iter().find(|(_, kind, subtype)| (*kind, *subtype) == named);
    offer.map(|(transport, ..)| *transport)
}

fn by_accept(shape: Shape, headers: &HeaderMap) -> Result<Transport, Error> {
    if let Some(transport) = alone(headers).filter(|_| shape != Shape::Once) {
        return Ok(transport);
    }
    let fields = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges: Vec<Range<'_>> =
        fields.flat_map(|f| f.split(',')).filter_map(Range::parse).collect();
    // A handler that replies once says what its reply is; only who accepts nothing but a stream gets one.
    let plain = |range: &Range<'_>| range.weight > 0 && !range.is_stream();
    if ranges.is_empty() || (shape == Shape::Once && ranges.iter().any(plain)) {
        return Ok(if shape == Shape::Once { Transport::Json } else { Transport::Sse });
    }
    let weighed = OFFERS.iter().filter_map(|(transport, kind, subtype)| {
        let best = ranges.iter().filter(|range| range.covers(kind, subtype));
        best.max_by_key(|range| range.precision)
            .map(|range| (range.weight, range.precision, *transport))
    });
    // `rev` so that of equals the first offer wins: `max_by_key` takes the last.
    let acceptable: Vec<_> = weighed.filter(|(weight, ..)| *weight > 0).collect();
    let best =
        acceptable.into_iter().rev().max_by_key(|(weight, precision, _)| (*weight, *precision));
    best.map(|(.., transport)| transport).ok_or_else(|| {
        let detail = "this handler answers with text/event-stream, application/x-ndjson, \
                      application/json or multipart/x-mixed-replace";
        Error::new(StatusCode::NOT_ACCEPTABLE, detail)
    })
}

/// One element of an `Accept` field.
#[derive(Debug)]
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    /// Thousandths.
    weight: u16,
    /// How exactly it names a type: 0 for `*/*`, 2 for a type in full.
    precision: u8,
}

impl<'a> Range<'a> {
    /// Reads one element; what is malformed does not count.
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let mut weights =
            parts.filter_map(|p| p.strip_prefix("q=").or_else(|| p.strip_prefix("Q=")));
        let weight = weights.next().map_or(Some(1000), thousandths)?;
        let precision = u8::from(kind != "*") + u8::from(subtype != "*");
        Some(Self { kind, subtype, weight, precision })
    }

    fn covers(&self, kind: &str, subtype: &str) -> bool {
        let fits = |own: &str, other: &str| own == "*" || own.eq_ignore_ascii_case(other);
        fits(self.kind, kind) && fits(self.subtype, subtype)
    }

    fn is_stream(&self) -> bool {
        let stream = |(transport, kind, subtype): &(Transport, &str, &str)| {
            *transport != Transport::Json && self.covers(kind, subtype)
        };
        self.precision == 2 && OFFERS.iter().any(stream)
    }
}

fn thousandths(text: &str) -> Option<u16> {
    let weight: f32 = text.trim().parse().ok()?;
    // In range after the check, so nothing is cut off.
    (0.0..=1.0).contains(&weight).then(|| (weight * 1000.0).round() as u16)
}
