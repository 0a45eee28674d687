//! The arguments of a call, from its body or its query.

use axum_core::body::Body;
use bytes::Bytes;
use http::request::Parts;
use http::{Method, StatusCode, header};
use http_body::Body as _;
use http_body_util::{BodyExt, LengthLimitError, Limited};

#[cfg(feature = "upload")]
use super::multipart;
use crate::arguments::Arguments;
use crate::error::Error;
use crate::server::TooSlow;

/// Reads the arguments: from the query for a method without a body, else from the body, which may be so long.
pub(super) async fn arguments(parts: &Parts, body: Body, limit: usize) -> Result<Arguments, Error> {
    if matches!(parts.method, Method::GET | Method::HEAD) {
        return Ok(Arguments::form(parts.uri.query().unwrap_or_default().as_bytes()));
    }
    let body = read(body, limit).await?;
    match content_type(parts).as_deref() {
        Some(json) if is_json(json) => Arguments::json(&body),
        Some(URLENCODED) => Ok(Arguments::form(&body)),
        #[cfg(feature = "upload")]
        Some(multipart::CONTENT_TYPE) => {
            let form = multipart::read(parts, body).await?;
            Ok(Arguments::fields(form.texts, form.files))
        }
        _ if body.is_empty() => Ok(Arguments::none()),
        other => Err(unknown_type(WANTED, other)),
    }
}

/// The fields of a form without files.
pub(crate) const URLENCODED: &str = "application/x-www-form-urlencoded";

#[cfg(not(feature = "upload"))]
const WANTED: &str = "arguments are application/json or application/x-www-form-urlencoded";
#[cfg(feature = "upload")]
const WANTED: &str =
    "arguments are application/json, application/x-www-form-urlencoded or multipart/form-data";

/// Reads a body of at most `limit` bytes.
pub(super) async fn read(body: Body, limit: usize) -> Result<Bytes, Error> {
    // A client that announces too much, or asks first (`Expect: 100-continue`), need not send it.
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large(limit));
    }
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if caused_by::<LengthLimitError>(&*error) => Err(too_large(limit)),
        Err(error) if caused_by::<TooSlow>(&*error) => {
            let detail = "the body came too slowly";
            Err(Error::new(StatusCode::REQUEST_TIMEOUT, detail))
        }
        Err(error) => {
            let detail = "the body did not arrive whole";
            Err(Error::new(StatusCode::BAD_REQUEST, detail).with_source(error))
        }
    }
}

/// Reads the body of a publish request, which has to be JSON.
pub(super) async fn json(parts: &Parts, body: Body, limit: usize) -> Result<Bytes, Error> {
    match content_type(parts).as_deref() {
        Some(json) if is_json(json) => read(body, limit).await,
        other => Err(unknown_type("events are published as application/json", other)),
    }
}

fn too_large(limit: usize) -> Error {
    let detail = format!("the body has more than {limit} bytes");
    Error::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
}

/// Whether an error or one of its causes is an `E`: bodies wrap each other's errors.
fn caused_by<E: std::error::Error + 'static>(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(<dyn std::error::Error>::is::<E>)
}

/// The media type without its parameters, in lower case.
pub(crate) fn content_type(parts: &Parts) -> Option<String> {
    let value = parts.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next().unwrap_or_default();
    Some(essence.trim().to_ascii_lowercase())
}

fn is_json(media_type: &str) -> bool {
    media_type == "application/json"
        || (media_type.starts_with("application/") && media_type.ends_with("+json"))
}

fn unknown_type(wanted: &str, media_type: Option<&str>) -> Error {
    let given = match media_type {
        Some(given) => format!("`{}`", given.escape_default()),
        None => "no content type".to_owned(),
    };
    let detail = format!("{wanted}; the body has {given}");
    Error::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)
}
