//! Directories of files beside the handlers.

use std::path::Path;

use axum_core::body::Body;
use axum_core::response::Response;
use http::{HeaderValue, Request, header};
use tower_http::services::ServeDir;
use tower_service::Service as _;

/// A directory below a path.
#[derive(Clone, Debug)]
pub(super) struct Files {
    path: String,
    directory: ServeDir,
}

impl Files {
    /// # Errors
    ///
    /// The finding: the directory is not there, or the path is none.
    pub(super) fn new(path: &str, directory: &Path) -> Result<Self, String> {
        if !path.starts_with('/') {
            return Err(format!(
                "files are served below a path that starts with `/`, not `{path}`"
            ));
        }
        if !directory.is_dir() {
            return Err(format!(
                "there is no directory `{}` to serve files from; the path counts from where the program is started",
                directory.display()
            ));
        }
        let path = path.trim_end_matches('/').to_owned();
        Ok(Self { path, directory: ServeDir::new(directory) })
    }

    /// The path within the directory, if it is below and for everybody: what begins with a dot (`.env`, `.git`) is not,
    /// but `.well-known` is (RFC 8615).
    pub(super) fn below<'p>(&self, path: &'p str) -> Option<&'p str> {
        let rest = path.strip_prefix(self.path.as_str()).filter(|rest| rest.starts_with('/'))?;
        let hidden = |segment: &str| segment.starts_with('.') && segment != ".well-known";
        (!rest.split('/').any(hidden)).then_some(rest)
    }

    /// The file, or `None` when there is none.
    pub(super) async fn serve(&self, request: Request<()>) -> Option<Response> {
        let Ok(response) = self.directory.clone().call(request).await;
        let found = response.status() != http::StatusCode::NOT_FOUND
            && response.status() != http::StatusCode::METHOD_NOT_ALLOWED;
        found.then(|| {
            let mut response = response.map(Body::new);
            let sniff = HeaderValue::from_static("nosniff");
            response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, sniff);
            response
        })
    }
}
