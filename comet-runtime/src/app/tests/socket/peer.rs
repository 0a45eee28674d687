//! The client: tungstenite over memory, to a hyper server that is not ours either.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use futures_util::SinkExt;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf, duplex};
use tokio_stream::StreamExt;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};
use tower_service::Service as _;

use super::super::Tested;

/// A client with its WebSocket.
pub(in crate::app::tests) struct Peer {
    pub(in crate::app::tests) stream: WebSocketStream<DuplexStream>,
    /// How often the server has written.
    pub(in crate::app::tests) writes: Arc<AtomicUsize>,
}

/// What a handshake was refused with.
pub(in crate::app::tests) type Refusal = (u16, http::HeaderMap, String);

impl Peer {
    /// Opens a WebSocket; the query says what to follow.
    pub(in crate::app::tests) async fn open(app: &Tested, query: &str) -> Self {
        Self::asking(app, query, &[]).await.expect("the handshake is accepted")
    }

    /// Opens a WebSocket by a request with more fields.
    pub(in crate::app::tests) async fn asking(
        app: &Tested,
        query: &str,
        fields: &[(&'static str, &str)],
    ) -> Result<Self, Refusal> {
        let (stream, writes) = connect(app);
        let mut request =
            format!("ws://localhost/comet/events?{query}").into_client_request().unwrap();
        for (name, value) in fields {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match client_async(request, stream).await {
            Ok((stream, _)) => Ok(Self { stream, writes }),
            Err(Error::Http(response)) => {
                let (head, body) = response.into_parts();
                let body = String::from_utf8(body.unwrap_or_default()).unwrap();
                Err((head.status.as_u16(), head.headers, body))
            }
            Err(error) => panic!("{error}"),
        }
    }

    pub(in crate::app::tests) async fn say(&mut self, json: &str) {
        self.stream.send(Message::text(json)).await.unwrap();
    }

    /// The next frame that is not a ping.
    async fn frame(&mut self) -> Option<Message> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(message)) => return Some(message),
                Some(Err(Error::ConnectionClosed)) | None => return None,
                Some(Err(error)) => panic!("{error}"),
            }
        }
    }

    /// The next message, as it came.
    pub(in crate::app::tests) async fn text(&mut self) -> String {
        match self.frame().await {
            Some(Message::Text(text)) => text.to_string(),
            other => panic!("{other:?} and no message"),
        }
    }

    pub(in crate::app::tests) async fn next(&mut self) -> Value {
        serde_json::from_str(&self.text().await).unwrap()
    }

    /// The next message that is a change of channels: `hello`.
    pub(in crate::app::tests) async fn hello(&mut self) -> Value {
        let message = self.next().await;
        assert_eq!(message["event"], "hello", "{message}");
        message["data"].clone()
    }

    /// The code of the close frame that comes next, after which the server is gone.
    pub(in crate::app::tests) async fn closed(&mut self) -> u16 {
        let code = match self.frame().await {
            Some(Message::Close(Some(close))) => close.code.into(),
            other => panic!("{other:?} and no close frame"),
        };
        assert!(self.frame().await.is_none(), "nothing comes after a close frame");
        code
    }

    pub(in crate::app::tests) fn writes(&self) -> usize {
        self.writes.load(Ordering::SeqCst)
    }
}

/// How a request for a WebSocket is refused.
pub(in crate::app::tests) async fn refusal(
    app: &Tested,
    query: &str,
    fields: &[(&'static str, &str)],
) -> Refusal {
    match Peer::asking(app, query, fields).await {
        Ok(_) => panic!("`{query}` with {fields:?} was accepted"),
        Err(refusal) => refusal,
    }
}

/// A connection to a server of its own, and how often that writes.
pub(in crate::app::tests) fn connect(app: &Tested) -> (DuplexStream, Arc<AtomicUsize>) {
    let (near, far) = duplex(ROOM);
    let writes = Arc::new(AtomicUsize::new(0));
    let far = Counting { stream: far, writes: Arc::clone(&writes) };
    let service = app.service.clone();
    let service = service_fn(move |request| service.clone().call(request));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(far), service);
    tokio::spawn(connection.with_upgrades());
    (near, writes)
}

/// What the network holds on its way to the client.
pub(in crate::app::tests) const ROOM: usize = 16 * 1024;

struct Counting {
    stream: DuplexStream,
    writes: Arc<AtomicUsize>,
}

impl AsyncRead for Counting {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Counting {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.writes.fetch_add(1, Ordering::SeqCst);
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.writes.fetch_add(1, Ordering::SeqCst);
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
