//! The request that opens a WebSocket, and its reply (RFC 6455, section 4.2).

use axum_core::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{
    CONNECTION, CONTENT_LENGTH, HeaderName, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, TRANSFER_ENCODING, UPGRADE,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Version};
use sha1::{Digest, Sha1};

use crate::error::Error;

/// What is spoken over the socket; a change that a client has to know of gets another name.
const PROTOCOL: &str = "comet.v1";

/// What makes an accepted key one of this protocol (section 1.3).
const GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

const BODY: &str =
    "a request that opens a WebSocket has no body; send it as messages, once the WebSocket is open";

const WEBSOCKET: HeaderValue = HeaderValue::from_static("websocket");

/// A request that may be answered with 101.
#[derive(Debug)]
pub(crate) struct Handshake {
    accept: HeaderValue,
    /// Whether the client has offered our protocol, so that it is to be named.
    named: bool,
}

/// Whether a request asks for a WebSocket.
pub(crate) fn is_asked(parts: &Parts) -> bool {
    elements(&parts.headers, &UPGRADE).any(|element| element.eq_ignore_ascii_case("websocket"))
}

/// The refusal of a request that names the transport and does not ask for it as it is asked for.
pub(crate) fn unasked() -> Error {
    upgrade_required(
        "a WebSocket is opened at comet/events, by an HTTP/1.1 request with `Upgrade: websocket`",
    )
}

impl Handshake {
    /// Reads a request that asks for a WebSocket.
    ///
    /// # Errors
    ///
    /// 426 for another version of WebSocket or HTTP, 405 for another method than `GET`, 400 for what else is wrong.
    pub(crate) fn read(parts: &Parts) -> Result<Self, Error> {
        let headers = &parts.headers;
        if parts.version != Version::HTTP_11 {
            return Err(unasked());
        }
        if parts.method != Method::GET {
            let error =
                Error::new(StatusCode::METHOD_NOT_ALLOWED, "a WebSocket is opened with GET");
            return Err(error.with_header(http::header::ALLOW, HeaderValue::from_static("GET")));
        }
        if !elements(headers, &CONNECTION).any(|element| element.eq_ignore_ascii_case("upgrade")) {
            return Err(bad(
                "`Upgrade` needs `Connection: Upgrade` beside it; a proxy may have dropped it",
            ));
        }
        if headers.get(SEC_WEBSOCKET_VERSION).map(HeaderValue::as_bytes) != Some(b"13") {
            return Err(upgrade_required("the version of WebSocket is 13")
                .with_header(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13")));
        }
        if has_body(headers) {
            return Err(bad(BODY).with_header(CONNECTION, HeaderValue::from_static("close")));
        }
        let accept = accept(headers)?;
        let mut offered = elements(headers, &SEC_WEBSOCKET_PROTOCOL).peekable();
        let any = offered.peek().is_some();
        let named = offered.any(|offer| offer == PROTOCOL);
        if any && !named {
            return Err(bad("none of the offered subprotocols is `comet.v1`; offer that, or none"));
        }
        Ok(Self { accept, named })
    }

    /// The reply, after which the connection is a WebSocket.
    pub(crate) fn response(self) -> Response {
        let mut response = Response::default();
        *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        let headers = response.headers_mut();
        headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
        headers.insert(UPGRADE, WEBSOCKET);
        headers.insert(SEC_WEBSOCKET_ACCEPT, self.accept);
        if self.named {
            headers.insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(PROTOCOL));
        }
        response
    }
}

/// Whether a request brings a body. It would stand where the first frames are read (RFC 9112, section 6).
fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(CONTENT_LENGTH).map(HeaderValue::as_bytes);
    headers.contains_key(TRANSFER_ENCODING) || length.is_some_and(|length| length != b"0")
}

/// What proves that the key was understood.
fn accept(headers: &HeaderMap) -> Result<HeaderValue, Error> {
    let wrong = || bad("`Sec-WebSocket-Key` is one field with 16 bytes in base64");
    let mut keys = headers.get_all(SEC_WEBSOCKET_KEY).iter();
    let (Some(key), None) = (keys.next(), keys.next()) else { return Err(wrong()) };
    if STANDARD.decode(key).map(|bytes| bytes.len()) != Ok(16) {
        return Err(wrong());
    }
    let digest = Sha1::new().chain_update(key).chain_update(GUID).finalize();
    HeaderValue::try_from(STANDARD.encode(digest)).map_err(|_| wrong())
}

/// The elements of a field that is a list.
fn elements<'h>(headers: &'h HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'h str> {
    let fields = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    fields.flat_map(|field| field.split(',')).map(str::trim).filter(|element| !element.is_empty())
}

fn upgrade_required(detail: &'static str) -> Error {
    Error::new(StatusCode::UPGRADE_REQUIRED, detail).with_header(UPGRADE, WEBSOCKET)
}

fn bad(detail: &'static str) -> Error {
    Error::new(StatusCode::BAD_REQUEST, detail)
}
