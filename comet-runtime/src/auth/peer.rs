//! What the server knows of a connection, as extensions of its requests.

use std::net::SocketAddr;

/// The other end of the connection a request came by: the client, or the proxy before the server.
///
/// An extension of every request that Comet's own server has read; a request that came through another server has it
/// only if that server puts it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeerAddr(pub SocketAddr);

/// The scheme the browser used, an extension of requests where it is known.
///
/// It is known when a trusted proxy (`proxies` in the configuration) says so in `X-Forwarded-Proto`, and else when the
/// connection itself is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
}
