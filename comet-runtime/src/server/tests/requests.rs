use super::Running;

const GET: &str = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
const LAST: &str = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn a_connection_carries_many_requests() {
    let server = Running::new();
    let mut client = server.connect().await;
    for _ in 0..3 {
        client.get("/").await;
        client.until(b"\r\n\r\nhello").await;
    }
    client.send(LAST).await;
    assert!(client.rest().await.ends_with("\r\n\r\nhello"));
    server.stop().await;
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_turn() {
    let server = Running::new();
    let post = |body: &str| {
        format!("POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let chunked = "POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n\
                   3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nt: u\r\n\r\n";
    let requests = [GET, &post("first"), "\r\n", chunked, &post(""), LAST].concat();
    let answers = server.answer(&requests).await;
    let bodies: Vec<_> = answers.split("\r\n\r\n").skip(1).collect();
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 5);
    for (body, wanted) in bodies.iter().zip(["hello", "first", "abcde", "", "hello"]) {
        assert!(body.starts_with(wanted), "{body} {wanted}");
    }
    server.stop().await;
}

#[tokio::test]
async fn requests_may_come_byte_by_byte() {
    let server = Running::new();
    let mut client = server.connect().await;
    for byte in LAST.as_bytes() {
        client.send([*byte]).await;
        tokio::task::yield_now().await;
    }
    assert!(client.rest().await.ends_with("hello"));
    server.stop().await;
}

#[tokio::test]
async fn the_app_learns_the_peer_and_what_a_proxy_says_of_the_scheme() {
    let peer = |header: &str| {
        format!("GET /peer HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{header}\r\n")
    };
    let server = Running::new();
    for (header, scheme) in [
        ("", "None"),
        ("x-forwarded-proto: https\r\n", "Some(Https)"),
        ("x-forwarded-proto: http\r\n", "Some(Http)"),
        ("x-forwarded-proto: gopher\r\n", "None"),
    ] {
        let answer = server.answer(peer(header)).await;
        let body = answer.split("\r\n\r\n").nth(1).unwrap();
        assert!(body.starts_with("127.0.0.1:") && body.ends_with(scheme), "{body}");
    }
    server.stop().await;

    let distrustful = Running::with(|config| config.proxies.clear());
    assert!(distrustful.answer(peer("x-forwarded-proto: https\r\n")).await.ends_with("None"));
    distrustful.stop().await;
}

#[tokio::test]
async fn after_an_upgrade_bytes_are_no_requests() {
    let server = Running::new();
    let mut client = server.connect().await;
    client
        .send("GET /upgrade HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: twice\r\n\r\n")
        .await;
    client.until(b"101 Switching Protocols").await;
    client.send("\nno: carriage\n\n").await;
    client.until(b"\nno: carriage\n\n\nno: carriage\n\n").await;
    drop(client);
    server.stop().await;
}

#[tokio::test]
async fn a_panic_closes_its_connection_and_no_other() {
    let server = Running::new();
    let mut other = server.connect().await;
    other.get("/").await;
    other.until(b"hello").await;
    let mut client = server.connect().await;
    client.get("/panic").await;
    assert_eq!(client.rest().await, "");
    other.get("/").await;
    other.until(b"hello").await;
    server.stop().await;
}
