//! Where an app is served.

use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, Scheme};

/// Host, port and mount of an app.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    authority: Authority,
    /// The mount, without a slash at its end.
    mount: String,
}

impl Address {
    /// Host and port, as `Host` names them.
    pub(crate) fn authority(&self) -> &str {
        self.authority.as_str()
    }

    /// Host and port, as the resolver wants them.
    pub(crate) fn endpoint(&self) -> (&str, u16) {
        let host = self.authority.host().trim_start_matches('[').trim_end_matches(']');
        (host, self.authority.port_u16().unwrap_or(80))
    }

    /// The path of something of Comet's own.
    pub(crate) fn path(&self, own: &str) -> String {
        format!("{}/comet/{own}", self.mount)
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "http://{}{}", self.authority, self.mount)
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = "write http://host:port, with the mount behind it if the app has one";
        let uri: Uri = text.parse().map_err(|error| format!("{error}; {wanted}"))?;
        if uri.scheme() == Some(&Scheme::HTTPS) {
            return Err("this program does not speak HTTPS; go to the server itself by http://, on its machine or \
                        through `ssh -L`"
                .to_owned());
        }
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'));
        match (uri.scheme(), authority, uri.query()) {
            (Some(scheme), Some(authority), None) if *scheme == Scheme::HTTP => Ok(Self {
                authority: authority.clone(),
                mount: uri.path().trim_end_matches('/').to_owned(),
            }),
            _ => Err(wanted.to_owned()),
        }
    }
}
