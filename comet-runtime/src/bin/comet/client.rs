//! Requests to the app.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::address::Address;
use crate::failure::Failure;

/// How long a connection, and then the head of an answer, may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The largest answer that is read whole.
const LARGEST: usize = 16 << 20;

/// An app, and the right to publish to it.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) address: Address,
    authorization: Option<HeaderValue>,
}

/// Why there is no answer. Whether the server has done what it was asked for is not known.
#[derive(Debug)]
pub(crate) struct NoAnswer(String);

impl std::fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<NoAnswer> for Failure {
    fn from(NoAnswer(text): NoAnswer) -> Self {
        Self::unreached(text)
    }
}

/// An answer that was read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
}

impl Server {
    pub(crate) fn new(address: Address, authorization: Option<HeaderValue>) -> Self {
        Self { address, authorization }
    }

    /// A request for something of Comet's own, with the secret if there is one.
    pub(crate) fn request(&self, method: Method, own: &str) -> http::request::Builder {
        let request = self.anonymous(method, own);
        match &self.authorization {
            Some(secret) => request.header(header::AUTHORIZATION, secret),
            None => request,
        }
    }

    /// A request that does not take the secret.
    pub(crate) fn anonymous(&self, method: Method, own: &str) -> http::request::Builder {
        let request = Request::builder().method(method).uri(self.address.path(own));
        request.header(header::HOST, self.address.authority())
    }

    /// Sends a request on a connection of its own and waits for the head of the answer.
    pub(crate) async fn send(
        &self,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, NoAnswer> {
        let none = |why: &str| NoAnswer(format!("no Comet server at {}: {why}", self.address));
        let connected = timeout(PATIENCE, TcpStream::connect(self.address.endpoint())).await;
        let stream = connected
            .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
            .map_err(|error| NoAnswer(format!("nothing answers at {}: {error}", self.address)))?;
        let shaken = http1::handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) = shaken.map_err(|error| none(&error.to_string()))?;
        // It ends with the answer, or with its receiver.
        tokio::spawn(connection);
        match timeout(PATIENCE, sender.send_request(request)).await {
            Ok(answer) => answer.map_err(|error| none(&error.to_string())),
            Err(_) => Err(none("it does not answer")),
        }
    }

    /// Sends a request and reads the whole answer.
    pub(crate) async fn ask(&self, request: Request<Full<Bytes>>) -> Result<Answer, NoAnswer> {
        let (head, body) = self.send(request).await?.into_parts();
        let cut = |why: &str| NoAnswer(format!("the answer of {} broke off: {why}", self.address));
        match timeout(PATIENCE, Limited::new(body, LARGEST).collect()).await {
            Ok(Ok(body)) => Ok(Answer { status: head.status, body: body.to_bytes() }),
            Ok(Err(error)) => Err(cut(&error.to_string())),
            Err(_) => Err(cut("it does not go on")),
        }
    }

    /// The same, where anything but success is a failure.
    pub(crate) async fn get(&self, request: http::request::Builder) -> Result<Bytes, Failure> {
        let answer = self.ask(body(request, Bytes::new())?).await?;
        self.good(answer)
    }

    /// The body of a good answer.
    pub(crate) fn good(&self, answer: Answer) -> Result<Bytes, Failure> {
        if answer.status.is_success() {
            return Ok(answer.body);
        }
        Err(self.refused(answer.status, &answer.body))
    }

    pub(crate) fn refused(&self, status: StatusCode, body: &[u8]) -> Failure {
        Failure::refused(status, body, self.authorization.is_some())
    }
}

/// A request that is ready to be sent.
pub(crate) fn body(
    request: http::request::Builder,
    body: Bytes,
) -> Result<Request<Full<Bytes>>, Failure> {
    request
        .body(Full::new(body))
        .map_err(|error| Failure::input(format!("this makes no request: {error}")))
}
