//! Driving an app in a test, in process: no socket, no port, and tokio's paused time works.

use axum_core::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower_service::Service as _;

use crate::app::{App, Service, StartError};

/// An app under test.
///
/// ```
/// use comet::test::TestApp;
/// use comet::{App, Json, Page, comet};
///
/// #[comet(public, group = "doc-test-app")]
/// async fn count(n: u32, page: &mut Page) -> comet::Result<Json<u32>> {
///     for i in 1..=n {
///         page.text("#n", i).flush().await?;
///     }
///     Ok(Json(n))
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let app = TestApp::new(App::from_group("doc-test-app"))?;
/// let mut stream = app.call("count", &[2]).await;
/// assert_eq!(stream.next().await.unwrap().event, "hello");
/// let first = stream.next().await.unwrap();
/// assert_eq!(first.data[0]["text"], "1");
/// assert_eq!(stream.last().await.unwrap().data, 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct TestApp {
    service: Service,
    headers: HeaderMap,
}

/// A message of a stream.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub struct Message {
    /// Its id, which is a cursor; `None` for messages of the stream itself.
    #[serde(default)]
    pub id: Option<String>,
    /// Its event name.
    pub event: String,
    /// Its data.
    pub data: serde_json::Value,
}

impl TestApp {
    /// Builds the app, with all the checks that a start does.
    ///
    /// # Errors
    ///
    /// The app's findings.
    pub fn new(app: App) -> Result<Self, StartError> {
        Ok(Self { service: app.into_service()?, headers: HeaderMap::new() })
    }

    /// Sends a header with every request from here on; one that is malformed is not sent.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = value.parse() {
            self.headers.insert(name, value);
        }
        self
    }

    /// Calls a handler by name and reads the reply as a stream of messages.
    pub async fn call(&self, name: &str, arguments: &impl Serialize) -> Reply {
        let arguments = serde_json::to_vec(arguments).unwrap_or_default();
        let request = Request::post(format!("/comet/call/{name}"))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/x-ndjson, application/json;q=0.9");
        self.send(request.body(Body::from(arguments))).await
    }

    /// Gets a path, and reads the reply as a stream of messages where it is one.
    pub async fn get(&self, path: impl AsRef<str>) -> Reply {
        let request = Request::get(path.as_ref());
        self.send(
            request.header(header::ACCEPT, "application/x-ndjson, */*;q=0.9").body(Body::empty()),
        )
        .await
    }

    /// Sends a request of any kind. One that is malformed is answered with 400, as a server would.
    pub async fn send(&self, request: http::Result<Request<Body>>) -> Reply {
        let response = match request {
            Ok(mut request) => {
                for (name, value) in &self.headers {
                    request.headers_mut().insert(name, value.clone());
                }
                let Ok(response) = self.service.clone().call(request).await;
                response
            }
            Err(error) => {
                let mut response = Response::new(Body::from(error.to_string()));
                *response.status_mut() = StatusCode::BAD_REQUEST;
                response
            }
        };
        Reply::new(response)
    }
}

/// A reply as it arrives. Dropping it is what a closed connection is.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    body: Body,
    /// What has arrived and was not taken.
    rest: Vec<u8>,
}

impl Reply {
    fn new(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        Self { status: parts.status, headers: parts.headers, body, rest: Vec::new() }
    }

    /// The next message of an NDJSON stream; `None` at its end, or for a line that is no message.
    pub async fn next(&mut self) -> Option<Message> {
        loop {
            if let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.rest.drain(..=end).collect();
                return serde_json::from_slice(&line).ok();
            }
            let chunk = self.chunk().await?;
            self.rest.extend_from_slice(&chunk);
        }
    }

    /// The last message of an NDJSON stream: `done`, `error` or `bye`, unless it was cut.
    pub async fn last(&mut self) -> Option<Message> {
        let mut last = None;
        while let Some(message) = self.next().await {
            last = Some(message);
        }
        last
    }

    /// The rest of the body.
    pub async fn bytes(&mut self) -> Bytes {
        let mut bytes = std::mem::take(&mut self.rest);
        while let Some(chunk) = self.chunk().await {
            bytes.extend_from_slice(&chunk);
        }
        Bytes::from(bytes)
    }

    /// The rest of the body as text.
    pub async fn text(&mut self) -> String {
        String::from_utf8_lossy(&self.bytes().await).into_owned()
    }

    /// The rest of the body as JSON; `None` when it is not a `T`.
    pub async fn json<T: DeserializeOwned>(&mut self) -> Option<T> {
        serde_json::from_slice(&self.bytes().await).ok()
    }

    async fn chunk(&mut self) -> Option<Bytes> {
        loop {
            let frame = self.body.frame().await?.ok()?;
            if let Ok(data) = frame.into_data() {
                return Some(data);
            }
        }
    }
}
