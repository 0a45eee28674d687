use super::client::{field, status};
use super::{Server, call, get};

/// Asks for one thing and looks at status and problem.
fn refused(server: &Server, request: &str, wanted: u16, detail: &str) {
    let answer = server.answer(request);
    assert_eq!(status(&answer), wanted, "{answer}");
    assert_eq!(field(&answer, "content-type"), "application/problem+json", "{answer}");
    let detail = format!("\"status\":{wanted},\"detail\":\"{detail}\"}}");
    assert!(answer.ends_with(&detail), "{answer}\nand not\n{detail}");
}

fn posted(path: &str, content_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

#[test]
fn wrong_arguments() {
    let server = Server::start();
    for (json, detail) in [
        ("[1]", "argument `b` is missing"),
        ("[]", "argument `a` is missing"),
        ("{\"a\":1}", "argument `b` is missing"),
        ("[1,2,3]", "the handler takes 2 arguments, the call has 3"),
        ("{\"a\":1,\"b\":2,\"c\":3}", "the handler has no argument `c`"),
        (
            "[1,300]",
            "argument `b` does not fit: invalid value: integer `300`, expected u8 at line 1 column 3",
        ),
        ("[\\\"x\\\",1]", "the body is not JSON: expected value at line 1 column 2"),
        ("nonsense", "arguments are a JSON array (by position) or an object (by name)"),
        ("", "argument `a` is missing"),
        ("null", "argument `a` is missing"),
        ("7", "arguments are a JSON array (by position) or an object (by name)"),
        ("[1,", "the body is not JSON: EOF while parsing a value at line 1 column 3"),
    ] {
        refused(&server, &call("add", "*/*", json), 400, detail);
    }
    let answer = server.answer(&posted("/comet/call/add", "text/csv", "1,2"));
    assert_eq!(status(&answer), 415);
    // What else there may be is a matter of features.
    let says = |part| answer.contains(part);
    assert!(says("arguments are application/json") && says("`text/csv`"), "{answer}");
    server.lives();
}

#[test]
fn wrong_values_in_a_url() {
    let server = Server::start();
    refused(
        &server,
        &get("/users/x", "*/*"),
        400,
        "`id` of the route does not fit: invalid digit found in string",
    );
    refused(&server, &get("/hello/%ff", "*/*"), 400, "`name` in the URL is not UTF-8");
    let wrong = get("/ticks/2?from=-1", "*/*");
    refused(
        &server,
        &wrong,
        400,
        "`from` of the route does not fit: invalid digit found in string",
    );
}

#[test]
fn a_form() {
    let server = Server::start();
    let form = "application/x-www-form-urlencoded";
    let sent = |body: &str| server.answer(&posted("/comet/call/register", form, body));
    let answer = sent("name=Ann+B%C3%A4r&age=7&tags=a&tags=b");
    assert!(answer.ends_with("\r\n\r\nAnn Bär Some(7) Some([\"a\", \"b\"])"), "{answer}");
    let answer = sent("name=Ann&other=1");
    assert!(answer.ends_with("\r\n\r\nAnn None None"), "{answer}");
    let charset = format!("{form}; charset=UTF-8");
    let answer = server.answer(&posted("/comet/call/register", &charset, "name=x"));
    assert_eq!(status(&answer), 200);
    refused(
        &server,
        &posted("/comet/call/register", form, "age=7"),
        400,
        "argument `name` is missing",
    );
    refused(
        &server,
        &posted("/comet/call/register", form, "name=x&age=old"),
        400,
        "argument `age` does not fit: invalid digit found in string",
    );
}

#[test]
fn ten_megabytes() {
    let server = Server::start();
    let detail = "the body has more than 65536 bytes";
    let body = vec![b' '; 10 << 20];
    for framing in
        [format!("content-length: {}", body.len()), "transfer-encoding: chunked".to_owned()]
    {
        let mut client = server.connect();
        let head = "POST /comet/call/add HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
        client.send(format!("{head}{framing}\r\n\r\n"));
        if framing.ends_with("chunked") {
            client.send(format!("{:x}\r\n", body.len()));
        }
        // The server need not read what it does not want, but its answer must arrive.
        let _ = body.chunks(64 << 10).all(|piece| client.try_send(piece));
        let answer = client.rest();
        assert_eq!(status(&answer), 413, "{answer}");
        assert!(answer.contains(detail), "{answer}");
    }
    server.lives();
}

#[test]
fn a_body_that_is_too_large_is_refused_before_it_is_sent() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(
        "POST /comet/call/add HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         expect: 100-continue\r\ncontent-length: 10485760\r\n\r\n",
    );
    let answer = client.until("\r\n\r\n");
    assert_eq!(status(&answer), 413, "{answer}");
}

#[test]
fn nothing_there() {
    let server = Server::start();
    refused(&server, &call("delete", "*/*", "[]"), 404, "no handler is called `delete`");
    refused(
        &server,
        &call("cuont", "*/*", "[]"),
        404,
        "no handler is called `cuont`; did you mean `count`?",
    );
    refused(
        &server,
        &get("/user/7", "*/*"),
        404,
        "nothing is at `/user/7`; did you mean `/users/{id}`?",
    );
    refused(&server, &get("/robots.txt", "*/*"), 404, "nothing is at `/robots.txt`");
    refused(&server, &get("/comet/event", "*/*"), 404, "nothing is at `/comet/event`");
}

#[test]
fn a_wrong_method() {
    let server = Server::start();
    let answer = server.answer(&get("/comet/call/add", "*/*"));
    assert_eq!((status(&answer), field(&answer, "allow")), (405, "POST"));
    let answer = server.answer(&posted("/users/7", "application/json", "[]"));
    assert_eq!((status(&answer), field(&answer, "allow")), (405, "GET, HEAD"));
    assert!(
        answer.ends_with("\"detail\":\"POST is not allowed here; use GET, HEAD\"}"),
        "{answer}"
    );
    let answer = server.answer(&get("/made", "*/*").replace("GET", "BREW"));
    assert_eq!((status(&answer), field(&answer, "allow")), (405, "POST"));
}

#[test]
fn a_transport_that_is_none() {
    let server = Server::start();
    let detail = "unknown transport `telegraph`; there are sse, ndjson, json, longpoll, jsonp, frame, multipart and \
                  websocket";
    refused(&server, &get("/ticks/1?transport=telegraph", "*/*"), 400, detail);
    let offers = "this handler answers with text/event-stream, application/x-ndjson, application/json or \
                  multipart/x-mixed-replace";
    refused(&server, &get("/ticks/1", "image/png"), 406, offers);
    refused(&server, &get("/ticks/1", "text/event-stream;q=0"), 406, offers);
}

#[test]
fn header_bombs() {
    let server = Server::start();
    let bomb = |fields: &str| format!("GET /page HTTP/1.1\r\nhost: localhost\r\n{fields}\r\n");
    let many: String = (0..200).map(|n| format!("x-{n}: 1\r\n")).collect();
    let long = format!("x-long: {}\r\n", "x".repeat(20 << 10));
    for fields in [many, long] {
        let mut client = server.connect();
        client.try_send(bomb(&fields).as_bytes());
        let answer = client.rest();
        assert_eq!(status(&answer), 431, "{answer}");
    }
    let mut client = server.connect();
    let endless = format!("GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "a".repeat(100 << 10));
    client.try_send(endless.as_bytes());
    let answer = client.rest();
    assert!(matches!(status(&answer), 414 | 431), "{answer}");
    let fields: String = (0..60).map(|n| format!("x-{n}: 1\r\n")).collect();
    let answer = server.answer(&bomb(&fields));
    assert_eq!(status(&answer), 200, "sixty are not too many");
}

#[test]
fn a_parked_request_is_answered_with_nothing() {
    let server = Server::start();
    let answer = server.answer(&get("/poll", "application/json"));
    assert_eq!(status(&answer), 204);
}
