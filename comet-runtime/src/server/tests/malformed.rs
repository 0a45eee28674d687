use proptest::collection::vec;
use proptest::prelude::*;

use super::Running;

/// The statuses of all answers.
async fn statuses(server: &Running, bytes: impl AsRef<[u8]>) -> Vec<u16> {
    let answers = server.answer(bytes).await;
    let lines = answers.split("HTTP/1.").skip(1);
    lines.map(|line| line[2..5].parse().unwrap()).collect()
}

/// A request that nothing is wrong with; it must not be answered after one that is malformed.
const NEXT: &str = "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn what_could_mean_two_things_is_answered_with_400_and_closed() {
    let server = Running::new();
    for request in [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nhost:\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nhost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: user@a\r\n\r\n",
        "GET http://b/ HTTP/1.1\r\nhost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\nTRANSFER-ENCODING:chunked\r\nContent-LENGTH:0\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\nx",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: +1\r\n\r\nx",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1, 1\r\n\r\nx",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length:\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\nhost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\n\n",
        "GET / HTTP/1.1\r\nhost: a\r\nx: y\nz: w\r\n\r\n",
        "\nGET / HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nx: \0\r\n\r\n",
        "GET /\r\n\r\n",
        "NONSENSE\r\n\r\n",
    ] {
        assert_eq!(statuses(&server, [request, NEXT].concat()).await, [400], "{request:?}");
        let after_good = ["GET / HTTP/1.1\r\nhost: a\r\n\r\n", request, NEXT].concat();
        assert_eq!(statuses(&server, after_good).await, [200, 400], "good, then {request:?}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_malformed_chunk_ends_the_connection() {
    let server = Running::new();
    for body in
        ["zz\r\n", "5\nhello\r\n", "5\r\nhelloo", "5;\n\r\nhello", "0\r\nx: y\n\r\n", "\r\n"]
    {
        let head = "POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
        let answered = statuses(&server, [head, body, NEXT].concat()).await;
        assert!(!answered.contains(&200) && answered.len() <= 1, "{body:?}: {answered:?}");
    }
    server.stop().await;
}

#[tokio::test]
async fn header_fields_are_counted() {
    let server = Running::new();
    let request = |fields: usize| {
        let fields = "a: b\r\n".repeat(fields - 2);
        format!("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{fields}\r\n")
    };
    assert_eq!(statuses(&server, request(64)).await, [200]);
    assert_eq!(statuses(&server, request(65)).await, [431]);
    assert_eq!(statuses(&server, request(101)).await, [431]);
    assert_eq!(statuses(&server, request(2_000)).await, [431]);
    server.stop().await;

    let generous = Running::with(|config| config.max_headers = 300);
    assert_eq!(statuses(&generous, request(300)).await, [200]);
    assert_eq!(statuses(&generous, request(301)).await, [431]);
    generous.stop().await;
}

#[tokio::test]
async fn header_bytes_are_counted() {
    let server = Running::new();
    let request = |bytes: usize| {
        let start = "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx: ";
        format!("{start}{}\r\n\r\n", "y".repeat(bytes - start.len() - 4))
    };
    assert_eq!(statuses(&server, request(16 << 10)).await, [200]);
    assert_eq!(statuses(&server, request((16 << 10) + 1)).await, [431]);
    assert_eq!(statuses(&server, request(1 << 20)).await, [431]);
    let path = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "y".repeat(1 << 20));
    assert_eq!(statuses(&server, path).await, [431]);
    server.stop().await;
}

#[test]
fn no_bytes_bring_the_server_down() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(async {
        Running::with(|config| config.header_timeout = std::time::Duration::from_millis(100))
    });
    let piece = prop_oneof![
        vec(any::<u8>(), 0..40),
        Just(b"GET / HTTP/1.1\r\nhost: a\r\n".to_vec()),
        Just(b"POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n".to_vec()),
        Just(b"content-length: 18446744073709551615\r\n".to_vec()),
        Just(b"ffffffffffffffff\r\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
    ];
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() };
    proptest!(config, |(pieces in vec(piece, 1..8))| {
        runtime.block_on(async {
            let mut client = server.connect().await;
            client.try_send(&pieces.concat()).await;
            drop(client);
            let mut client = server.connect().await;
            client.get("/").await;
            client.until(b"hello").await;
        });
    });
    runtime.block_on(server.stop());
}
