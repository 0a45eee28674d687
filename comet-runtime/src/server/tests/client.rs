use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::PATIENCE;

/// A client that sends and reads plain bytes.
pub(super) struct Client {
    stream: TcpStream,
    seen: Vec<u8>,
}

impl Client {
    pub(super) async fn connect(address: SocketAddr) -> Self {
        Self::over(TcpStream::connect(address).await.unwrap())
    }

    pub(super) fn over(stream: TcpStream) -> Self {
        Self { stream, seen: Vec::new() }
    }

    pub(super) async fn get(&mut self, path: &str) {
        self.send(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n")).await;
    }

    pub(super) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    /// Sends without letting the server run meanwhile.
    pub(super) fn send_unnoticed(&mut self, bytes: &[u8]) {
        assert_eq!(self.stream.try_write(bytes).unwrap(), bytes.len());
    }

    /// Sends what the server may no longer want.
    pub(super) async fn try_send(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).await.is_ok()
    }

    /// Reads until `wanted` has come; what comes after it is left for the next read.
    pub(super) async fn until(&mut self, wanted: &[u8]) -> String {
        loop {
            let found = self.seen.windows(wanted.len()).position(|window| window == wanted);
            if let Some(at) = found {
                let seen = self.seen.drain(..at + wanted.len()).collect::<Vec<_>>();
                return String::from_utf8_lossy(&seen).into_owned();
            }
            let read = timeout(PATIENCE, self.stream.read_buf(&mut self.seen)).await;
            let seen = self.seen.escape_ascii();
            assert_ne!(read.expect("an answer").unwrap(), 0, "closed after `{seen}`");
        }
    }

    /// Reads the head of an answer.
    pub(super) async fn head(&mut self) -> String {
        self.until(b"\r\n\r\n").await
    }

    /// Reads until the server closes, which a reset does as well.
    pub(super) async fn rest(mut self) -> String {
        let read = async {
            while matches!(self.stream.read_buf(&mut self.seen).await, Ok(read) if read > 0) {}
        };
        timeout(PATIENCE, read).await.expect("the server closes");
        String::from_utf8_lossy(&self.seen).into_owned()
    }
}
