//! TLS on Comet's own server: the certificate that it shows, and connections that are encrypted.
//!
//! There is nothing between a stream and its socket but the session of rustls: a [`Tls`] is shared by the tasks that read
//! and write in the way of the socket it has. Without the feature `tls` neither a certificate nor a connection can be had.

#[cfg(not(feature = "tls"))]
mod absent;
#[cfg(feature = "tls")]
mod certificates;
#[cfg(feature = "tls")]
mod files;
#[cfg(feature = "tls")]
mod stream;
#[cfg(all(test, feature = "tls"))]
pub(crate) mod tests;

#[cfg(not(feature = "tls"))]
pub(crate) use absent::{Certificates, Tls};
#[cfg(feature = "tls")]
pub(crate) use certificates::Certificates;
#[cfg(feature = "tls")]
pub(crate) use stream::Tls;

/// What HTTP/2 is called when a client and a server agree on a protocol (RFC 7301, RFC 9113 section 3.2).
#[cfg(feature = "tls")]
const HTTP2: &[u8] = b"h2";

/// A setting, and what is wrong with it.
pub(crate) type Finding = (&'static str, String);

/// The setting that names the file of the certificate.
pub(crate) const CERTIFICATE: &str = "tls_certificate";

/// The setting that names the file of its key.
pub(crate) const KEY: &str = "tls_key";
