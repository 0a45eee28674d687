//! The short answers to a connection from which no request is read.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

/// How many connections may be told so at once; more are closed without a word.
pub(super) const AT_ONCE: usize = 64;

/// How long a client has to take the answer.
const LIMIT: Duration = Duration::from_secs(1);

const NO_ROOM: &str = r#"{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"the server has all the connections it may have; try again later"}"#;

const HTTPS: &str = r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"this port speaks HTTPS alone; begin the address with https://"}"#;

/// Answers that there is no room for another connection.
pub(super) async fn no_room(stream: TcpStream, _permit: OwnedSemaphorePermit) {
    say(stream, "503 Service Unavailable\r\nretry-after: 5", NO_ROOM).await;
}

/// Answers a client that speaks HTTP where TLS is spoken.
pub(super) async fn to_https(stream: TcpStream) {
    say(stream, "400 Bad Request", HTTPS).await;
}

/// Answers, and closes once the client has seen it: closing over unread bytes would take the answer back.
async fn say(mut stream: TcpStream, status: &str, problem: &str) {
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/problem+json\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n{problem}",
        problem.len()
    );
    let said = async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await?;
        let mut unread = [0; 1024];
        while stream.read(&mut unread).await? > 0 {}
        io::Result::Ok(())
    };
    if !matches!(timeout(LIMIT, said).await, Ok(Ok(()))) {
        tracing::debug!("a refused client did not take its answer");
    }
}
