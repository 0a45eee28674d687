//! The short answer to a connection for which there is no room.

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

const PROBLEM: &str = r#"{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"the server has all the connections it may have; try again later"}"#;

/// Answers 503, and closes once the client has seen it: closing over unread bytes would take the answer back.
pub(super) async fn say(mut stream: TcpStream, _permit: OwnedSemaphorePermit) {
    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\nretry-after: 5\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n{PROBLEM}",
        PROBLEM.len()
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
