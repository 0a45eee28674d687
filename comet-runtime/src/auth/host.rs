//! Which names the server answers to.
//!
//! A web page can point a name of its own at 127.0.0.1 and then reach, with the browser's help and as "same origin",
//! whatever listens there (DNS rebinding). The name it used is in `Host`, which gives it away.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

use http::StatusCode;
use http::request::Parts;

use super::Authority;
use crate::error::Error;

/// A name the server may be called by: a host with any port, or with one.
///
/// ```
/// let host: comet::ServedHost = "App.example:8443".parse().unwrap();
/// assert_eq!(host.to_string(), "app.example:8443");
/// assert!("http://app.example".parse::<comet::ServedHost>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedHost(Authority);

impl FromStr for ServedHost {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Authority::parse(text.as_bytes()).map(Self)
    }
}

impl fmt::Display for ServedHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The names one server answers to.
#[derive(Debug, Clone)]
pub(crate) struct HostRule {
    any: bool,
    loopback: bool,
    hosts: Vec<ServedHost>,
}

impl HostRule {
    /// The rule for a server bound to `bind`: loopback names and `hosts` on a loopback address; elsewhere `hosts`, or
    /// any name when there are none.
    pub(crate) fn new(bind: SocketAddr, hosts: &[ServedHost]) -> Self {
        let loopback = bind.ip().to_canonical().is_loopback();
        Self { any: !loopback && hosts.is_empty(), loopback, hosts: hosts.to_vec() }
    }

    /// Lets a request in, or refuses it with 403 (400 when its host cannot be read).
    pub(crate) fn check(&self, parts: &Parts) -> Result<(), Error> {
        if self.any {
            return Ok(());
        }
        let asked = Authority::of(parts)?;
        let served = |ServedHost(served): &ServedHost| {
            served.host == asked.host && (served.port.is_none() || served.port == asked.port)
        };
        if self.loopback && asked.host.is_loopback() || self.hosts.iter().any(served) {
            return Ok(());
        }
        Err(Error::new(
            StatusCode::FORBIDDEN,
            format!(
                "`{asked}` is not a host of this server; if it should be, add it to the setting `hosts`"
            ),
        ))
    }
}
