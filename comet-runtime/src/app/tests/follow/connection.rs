//! A connection to the app, by hyper's client.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use http::request::Builder;
use http::{StatusCode, header};
use http_body::Frame;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::client::conn::http1::handshake;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, DuplexStream, ReadBuf};
use tokio::task::JoinHandle;

/// A request on a connection of its own, which is closed when the response is let go. What comes when the connection has
/// become a WebSocket is the body.
pub(super) async fn over(stream: DuplexStream, request: Builder) -> Option<Response> {
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.ok()?;
    let open = Open(tokio::spawn(connection.with_upgrades()));
    let request = request.header(header::HOST, "localhost").body(Body::empty()).unwrap();
    let response = sender.send_request(request).await.ok()?;
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        return taken(response).await;
    }
    Some(response.map(|body| {
        Body::new(body.map_frame(move |frame| {
            let _ = &open;
            frame
        }))
    }))
}

async fn taken(mut response: http::Response<Incoming>) -> Option<Response> {
    let io = hyper::upgrade::on(&mut response).await.ok()?;
    Some(response.map(|_| Body::new(Taken(TokioIo::new(io)))))
}

/// On paused time: lets everybody do what there is to do.
pub(super) async fn idle() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

/// A connection, open as long as this is there.
struct Open(JoinHandle<hyper::Result<()>>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What the server writes on a connection that is not HTTP any more.
struct Taken(TokioIo<Upgraded>);

impl http_body::Body for Taken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let mut space = [0; 4096];
        let mut read = ReadBuf::new(&mut space);
        let looked = ready!(Pin::new(&mut self.0).poll_read(cx, &mut read));
        let piece = looked.map(|()| Bytes::copy_from_slice(read.filled()));
        let is_end = piece.as_ref().is_ok_and(Bytes::is_empty);
        Poll::Ready((!is_end).then(|| piece.map(Frame::data)))
    }
}
