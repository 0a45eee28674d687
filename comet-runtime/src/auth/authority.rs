//! The host and port a request is meant for.

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use http::header::HOST;
use http::request::Parts;
use http::{StatusCode, Version};

use crate::error::Error;

/// Host and port, in the one spelling that can be compared: names in lower case, addresses as addresses.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Authority {
    pub(crate) host: Host,
    pub(crate) port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Host {
    Name(Box<str>),
    Address(IpAddr),
}

impl Authority {
    /// The authority of a request: its `Host`, or `:authority` in HTTP/2.
    ///
    /// # Errors
    ///
    /// 400 for a request that has none or several, one that is no host, or two that differ
    /// (RFC 9112 section 3.2, RFC 9113 section 8.3.1).
    pub(crate) fn of(parts: &Parts) -> Result<Self, Error> {
        let mut fields = parts.headers.get_all(HOST).iter();
        let field = fields.next();
        if fields.next().is_some() {
            return Err(bad_request("the request has more than one Host header"));
        }
        let field = field.map(|value| Self::parse(value.as_bytes())).transpose()?;
        let target =
            parts.uri.authority().map(|authority| Self::parse(authority.as_str().as_bytes()));
        match (field, target.transpose()?) {
            (Some(field), Some(target)) if field != target => {
                Err(bad_request("the request's Host header and its target name different hosts"))
            }
            (None, Some(_)) if parts.version == Version::HTTP_11 => Err(missing()),
            (Some(authority), _) | (None, Some(authority)) => Ok(authority),
            (None, None) => Err(missing()),
        }
    }

    /// Reads `host` or `host:port`, without a user.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, Error> {
        let wrong = || {
            let text = text.escape_ascii();
            bad_request(format!("`{text}` is not a host such as app.example or app.example:8080"))
        };
        let whole = std::str::from_utf8(text).map_err(|_| wrong())?;
        // The colons of an IPv6 address stand in brackets.
        let (host, port) = match whole.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (whole, None),
        };
        let digits = |port: &&str| port.bytes().all(|byte| byte.is_ascii_digit());
        let number = |port: &str| Some(port).filter(digits)?.parse().ok();
        let port = port.map(|port| number(port).ok_or_else(wrong)).transpose()?;
        Ok(Self { host: Host::parse(host).ok_or_else(wrong)?, port })
    }

    /// Leaves out the port that a scheme implies.
    pub(super) fn without_port(mut self, implied: Option<u16>) -> Self {
        self.port = self.port.filter(|port| Some(*port) != implied);
        self
    }
}

fn bad_request(detail: impl Into<Cow<'static, str>>) -> Error {
    Error::new(StatusCode::BAD_REQUEST, detail)
}

fn missing() -> Error {
    bad_request("the request has no Host header")
}

impl Host {
    fn parse(text: &str) -> Option<Self> {
        if let Some(inner) = text.strip_prefix('[') {
            let address = inner.strip_suffix(']')?.parse::<Ipv6Addr>().ok()?;
            return Some(Self::Address(address.into()));
        }
        if let Ok(address) = text.parse() {
            return Some(Self::Address(IpAddr::V4(address)));
        }
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        (!text.is_empty() && text.bytes().all(plain))
            .then(|| Self::Name(text.to_ascii_lowercase().into()))
    }

    /// Whether this names the machine itself and can mean no other.
    pub(crate) fn is_loopback(&self) -> bool {
        match self {
            Self::Name(name) => &**name == "localhost",
            Self::Address(address) => address.to_canonical().is_loopback(),
        }
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::Name(name) => f.write_str(name)?,
            Host::Address(IpAddr::V4(address)) => address.fmt(f)?,
            Host::Address(IpAddr::V6(address)) => write!(f, "[{address}]")?,
        }
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}
