use crate::server::first;

const PLAIN: &str = "GET /e?a=%20 HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\ncookie: a=1\r\ncookie: b=2\r\n\r\n";

#[test]
fn a_plain_request_for_a_stream_is_read() {
    let request = first::read(PLAIN.as_bytes()).unwrap();
    assert_eq!(request.method(), "GET");
    assert_eq!(request.uri(), "/e?a=%20");
    assert_eq!(request.version(), http::Version::HTTP_11);
    assert_eq!(request.headers().len(), 4);
    let cookies: Vec<_> = request.headers().get_all("cookie").iter().collect();
    assert_eq!(cookies, ["a=1", "b=2"]);
    let kept = PLAIN.replace("cookie: a=1", "connection: Keep-Alive");
    assert!(first::read(kept.as_bytes()).is_some());
    let lines = PLAIN.replace("text/event-stream", "application/x-ndjson");
    assert!(first::read(lines.as_bytes()).is_some());
}

#[test]
fn whatever_else_comes_is_left_to_hyper() {
    let field = |field: &str| PLAIN.replace("cookie: a=1", field);
    for request in [
        // Not whole, or not alone.
        PLAIN[..PLAIN.len() - 1].to_owned(),
        [PLAIN, "G"].concat(),
        [PLAIN, PLAIN].concat(),
        // For no stream, or with more than a head.
        PLAIN.replace("text/event-stream", "text/html"),
        PLAIN.replace("Accept", "x-accept"),
        PLAIN.replace("GET", "POST"),
        PLAIN.replace("GET", "HEAD"),
        field("content-length: 0"),
        field("transfer-encoding: chunked"),
        field("expect: 100-continue"),
        // For something else after it.
        field("upgrade: websocket"),
        field("connection: close"),
        field("connection: keep-alive, close"),
        PLAIN.replace("HTTP/1.1", "HTTP/1.0"),
        // To be refused, or understood otherwise by a proxy.
        PLAIN.replace("/e?a=%20", "http://a/e"),
        PLAIN.replace("/e?a=%20", "/e\u{7f}"),
        PLAIN.replace("Host: a\r\n", "Host: a\n"),
        field(" folded: 1"),
        field("name : 1"),
        field("name: \0"),
        field(&"x: 1\r\n".repeat(40)),
    ] {
        assert!(first::read(request.as_bytes()).is_none(), "{request}");
    }
}
