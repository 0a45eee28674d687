//! Errors: what a handler fails with, and the problem that a client is told.

mod caught;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use serde::Serialize;

pub(crate) use caught::{caught, panicked};

/// The result of a handler that may fail with anything.
pub type Result<T = (), E = Error> = std::result::Result<T, E>;

type Source = Box<dyn std::error::Error + Send + Sync + 'static>;

/// What a handler or the start of an app fails with.
///
/// Any [`std::error::Error`] becomes one with `?`: a 500 whose cause is logged and never sent. To tell the client
/// something, say so with a status:
///
/// ```
/// use comet::{Error, StatusCode};
///
/// fn find(id: u64) -> comet::Result<&'static str> {
///     match id {
///         7 => Ok("seven"),
///         _ => Err(Error::new(StatusCode::NOT_FOUND, format!("there is no task {id}"))),
///     }
/// }
/// assert_eq!(find(8).unwrap_err().status(), StatusCode::NOT_FOUND);
/// ```
///
/// `Display` is the detail a client would see; `Debug` adds the cause, one line a level, so that a `main` that returns
/// it prints something to read.
pub struct Error(Box<Inner>);

struct Inner {
    status: StatusCode,
    detail: Cow<'static, str>,
    source: Option<Source>,
    headers: Vec<(http::HeaderName, http::HeaderValue)>,
}

impl Error {
    /// An error whose detail the client is to see.
    pub fn new(status: StatusCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner { status, detail: detail.into(), source: None, headers: Vec::new() }))
    }

    /// The same error with another status; the detail of an error made by `?` stays hidden.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = status;
        self
    }

    /// The same error with a cause that is logged and not sent.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The same error with a header on its reply, where the transport has one.
    #[must_use]
    pub fn with_header(mut self, name: http::HeaderName, value: http::HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The HTTP status that stands for it.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    pub(crate) fn headers(&self) -> &[(http::HeaderName, http::HeaderValue)] {
        &self.0.headers
    }

    /// The problem document (RFC 9457) for it.
    pub(crate) fn problem(&self) -> Bytes {
        #[derive(Serialize)]
        struct Problem<'a> {
            r#type: &'static str,
            title: &'a str,
            status: u16,
            detail: &'a str,
        }
        let title = self.0.status.canonical_reason().unwrap_or("Error");
        let status = self.0.status.as_u16();
        let problem = Problem { r#type: "about:blank", title, status, detail: &self.0.detail };
        serde_json::to_vec(&problem).map_or_else(|_| Bytes::from_static(b"{}"), Bytes::from)
    }

    /// Logs what the client is not told.
    pub(crate) fn log(&self) {
        if self.0.status.is_server_error() {
            tracing::error!(status = self.0.status.as_u16(), error = ?self, "handler failed");
        } else {
            tracing::debug!(status = self.0.status.as_u16(), error = %self, "refused");
        }
    }
}

pub(crate) const HIDDEN: &str = "the handler failed; the log has the cause";

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Error {
    fn from(source: E) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, HIDDEN).with_source(source)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.detail)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.source.is_none() || self.0.detail != HIDDEN {
            f.write_str(&self.0.detail)?;
        }
        let mut next = self.0.source.as_deref().map(|e| e as &dyn std::error::Error);
        let mut first = self.0.detail == HIDDEN;
        while let Some(error) = next {
            let join = if std::mem::take(&mut first) { "" } else { "\n  caused by: " };
            write!(f, "{join}{error}")?;
            next = error.source();
        }
        Ok(())
    }
}

/// An error type of the user's own that handlers return.
///
/// ```
/// use comet::{Fault, StatusCode};
///
/// #[derive(Debug)]
/// struct NoSuchJob(u64);
/// impl std::fmt::Display for NoSuchJob {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         write!(f, "there is no job {}", self.0)
///     }
/// }
/// impl Fault for NoSuchJob {
///     fn status(&self) -> StatusCode {
///         StatusCode::NOT_FOUND
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a comet handler cannot fail with `{Self}`",
    label = "not an error that has a status",
    note = "return `comet::Result`, which takes any error with `?`, or write `impl comet::Fault for {Self} {{}}`"
)]
pub trait Fault: fmt::Display {
    /// The status of the reply. Below 500 the client is told the error's `Display` text; from 500 on it is logged only.
    fn status(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }

    /// The error as Comet sends it.
    fn into_error(self) -> Error
    where
        Self: Sized,
    {
        let (status, text) = (self.status(), self.to_string());
        if status.is_server_error() {
            return Error::new(status, HIDDEN).with_source(text);
        }
        Error::new(status, text)
    }
}

#[diagnostic::do_not_recommend]
impl Fault for Error {
    fn status(&self) -> StatusCode {
        self.0.status
    }

    fn into_error(self) -> Error {
        self
    }
}

#[diagnostic::do_not_recommend]
impl Fault for std::convert::Infallible {}
