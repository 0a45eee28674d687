//! The types that are replies.

use axum_core::response::Response;
use bytes::Bytes;
use http::StatusCode;
use serde::Serialize;

use super::{Outcome, Value};
use crate::error::{Error, Fault};
use crate::html::Html;

/// What a handler may return.
///
/// `()` and a `None` are "nothing" (204), [`Json`] is JSON, text is text, [`Html`] is HTML, `(StatusCode, R)` is `R` with
/// that status, an `http::Response` is itself, and `Result<R, E>` is `R` or a problem (RFC 9457), where `E` is
/// [`comet::Error`](Error) or a [`Fault`] of your own.
#[diagnostic::on_unimplemented(
    message = "a comet handler cannot return `{Self}`",
    label = "expected `()`, `Json<T>`, `Html`, text, an `Option` or `Result` of one, or a type with `comet::Reply`",
    note = "wrap a value that has `serde::Serialize` in `comet::Json`"
)]
pub trait Reply {
    /// The reply, or why there is none.
    ///
    /// # Errors
    ///
    /// The handler's own error, or a value that cannot be written as JSON.
    fn reply(self) -> Result<Outcome, Error>;
}

/// A value sent as JSON; as an extractor of the body use axum's own.
///
/// ```
/// use comet::{Json, comet};
///
/// #[comet(public)]
/// async fn add(a: i64, b: i64) -> Json<i64> {
///     Json(a + b)
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Json<T>(pub T);

#[diagnostic::do_not_recommend]
impl Reply for () {
    fn reply(self) -> Result<Outcome, Error> {
        Ok(Outcome::new(Value::Empty))
    }
}

impl<T: Serialize> Reply for Json<T> {
    fn reply(self) -> Result<Outcome, Error> {
        let json = serde_json::to_vec(&self.0)?;
        Ok(Outcome::new(Value::Json(Bytes::from(json))))
    }
}

#[diagnostic::do_not_recommend]
impl Reply for &'static str {
    fn reply(self) -> Result<Outcome, Error> {
        Ok(Outcome::new(Value::Text(Bytes::from_static(self.as_bytes()))))
    }
}

#[diagnostic::do_not_recommend]
impl Reply for String {
    fn reply(self) -> Result<Outcome, Error> {
        Ok(Outcome::new(Value::Text(Bytes::from(self))))
    }
}

#[diagnostic::do_not_recommend]
impl Reply for Html {
    fn reply(self) -> Result<Outcome, Error> {
        Ok(Outcome::new(Value::Html(Bytes::from(self.into_string()))))
    }
}

#[diagnostic::do_not_recommend]
impl Reply for Response {
    fn reply(self) -> Result<Outcome, Error> {
        Ok(Outcome::new(Value::Response(Box::new(self))))
    }
}

#[diagnostic::do_not_recommend]
impl Reply for Outcome {
    fn reply(self) -> Result<Outcome, Error> {
        Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<R: Reply> Reply for (StatusCode, R) {
    fn reply(self) -> Result<Outcome, Error> {
        self.1.reply().map(|outcome| outcome.with_status(self.0))
    }
}

#[diagnostic::do_not_recommend]
impl<R: Reply> Reply for Option<R> {
    fn reply(self) -> Result<Outcome, Error> {
        self.map_or_else(|| ().reply(), Reply::reply)
    }
}

impl<R: Reply, E: Fault> Reply for Result<R, E> {
    fn reply(self) -> Result<Outcome, Error> {
        self.map_err(Fault::into_error)?.reply()
    }
}
