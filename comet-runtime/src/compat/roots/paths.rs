//! The list that Pomona posts.

use axum_core::extract::{FromRequest, Request};
use axum_core::response::Response;
use bytes::Bytes;
use http::StatusCode;

use crate::error::Error;
use crate::transport::problem;

/// The paths that a page wants to follow, or no longer: the body of Pomona's `POST` to `connectUrl` and `disconnectUrl`, a
/// JSON array of strings, whatever content type it has.
///
/// It is a list of strings, to keep what its user may see of:
///
/// ```
/// use comet::compat::roots::{Firenze, Paths};
/// use comet::comet;
///
/// #[comet("/connect/{uid}", method = POST, public)]
/// async fn connect(uid: &str, paths: Paths, firenze: Firenze) -> comet::Result {
///     firenze.connect(uid, paths.into_iter().filter(|path| path != "secrets")).await
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths(Vec<String>);

impl IntoIterator for Paths {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<S: Send + Sync> FromRequest<S> for Paths {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(axum_core::response::IntoResponse::into_response)?;
        serde_json::from_slice(&body).map(Self).map_err(|error| {
            let detail = format!("the body is a JSON array of paths: {error}");
            problem(None, &Error::new(StatusCode::BAD_REQUEST, detail))
        })
    }
}
