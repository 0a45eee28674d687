use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum_core::body::Body;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body::Frame;
use http_body_util::BodyExt;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;
use tower_service::Service;

use super::polls::Polls;
use crate::auth::{PeerAddr, Scheme};
use crate::server::{Drain, TooSlow};

/// More than a connection takes that nobody reads.
pub(super) const LARGE: usize = 16 << 20;

/// An app with one path for each thing a server has to cope with.
#[derive(Clone)]
pub(super) struct Tiny {
    drain: Drain,
    /// Lets `/wait` answer.
    pub(super) go_on: Arc<Notify>,
    /// Streams that have been dropped.
    pub(super) dropped: Arc<AtomicUsize>,
    pub(super) polls: Polls,
}

impl Tiny {
    pub(super) fn new(drain: &Drain) -> Self {
        let (go_on, dropped) = (Arc::default(), Arc::default());
        Self { drain: drain.clone(), go_on, dropped, polls: Polls::default() }
    }

    async fn answer(self, request: Request<Body>) -> Response<Body> {
        match request.uri().path() {
            "/peer" => peer(&request),
            "/echo" => echo(request).await,
            "/wait" => {
                self.go_on.notified().await;
                Response::new(Body::from("waited"))
            }
            "/late" => {
                self.go_on.notified().await;
                echo(request).await
            }
            "/endless" => Response::new(self.stream(Bytes::from_static(b"one\n"), None)),
            "/polite" => {
                let end = Box::pin(self.drain.begun());
                Response::new(self.stream(Bytes::from_static(b"one\n"), Some(end)))
            }
            "/flood" => Response::new(Body::new(Flood(Dropped(self.dropped)))),
            "/poll" => self.polls.answer(&request),
            "/large" => Response::new(Body::from(vec![b'x'; LARGE])),
            "/panic" => panic!("as asked for"),
            "/upgrade" => upgrade(request),
            _ => Response::new(Body::from("hello")),
        }
    }

    fn stream(self, first: Bytes, end: Option<End>) -> Body {
        Body::new(Stream { first: Some(first), end, _dropped: Dropped(self.dropped) })
    }
}

impl Service<Request<Body>> for Tiny {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let app = self.clone();
        Box::pin(async move { Ok(app.answer(request).await) })
    }
}

fn peer(request: &Request<Body>) -> Response<Body> {
    let PeerAddr(peer) = request.extensions().get().unwrap();
    let scheme = request.extensions().get::<Scheme>();
    Response::new(Body::from(format!("{peer} {scheme:?}")))
}

async fn echo(request: Request<Body>) -> Response<Body> {
    match request.into_body().collect().await {
        Ok(body) => Response::new(Body::from(body.to_bytes())),
        Err(error) => {
            let mut reply = Response::new(Body::from(error.to_string()));
            let slow = error.into_inner().downcast_ref::<TooSlow>().is_some();
            *reply.status_mut() =
                if slow { StatusCode::REQUEST_TIMEOUT } else { StatusCode::BAD_REQUEST };
            reply
        }
    }
}

/// Leaves HTTP and says everything twice.
fn upgrade(mut request: Request<Body>) -> Response<Body> {
    let upgraded = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let mut stream = TokioIo::new(upgraded.await.unwrap());
        let mut said = [0; 64];
        while let Ok(length @ 1..) = stream.read(&mut said).await {
            stream.write_all(&said[..length].repeat(2)).await.unwrap();
        }
    });
    let reply = Response::builder().status(StatusCode::SWITCHING_PROTOCOLS);
    reply.header("upgrade", "twice").header("connection", "upgrade").body(Body::empty()).unwrap()
}

type End = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Says one thing, and nothing more until its end.
struct Stream {
    first: Option<Bytes>,
    end: Option<End>,
    _dropped: Dropped,
}

impl http_body::Body for Stream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        match &mut self.end {
            Some(end) => end.as_mut().poll(cx).map(|()| None),
            None => Poll::Pending,
        }
    }
}

/// Never stops talking.
struct Flood(#[expect(dead_code, reason = "counts when it is dropped")] Dropped);

impl http_body::Body for Flood {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b'x'; 8192])))))
    }
}

struct Dropped(Arc<AtomicUsize>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}
