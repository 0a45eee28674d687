use super::client::{Client, EPOCH, field, settled, status};
use super::{Server, call, get};

/// A whole answer: the fields of its head that a transport has, and its body in chunks.
fn chunked(content_type: &str, more: &str, pieces: &[&str]) -> String {
    let mut answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncache-control: no-store, no-transform\r\n\
         x-content-type-options: nosniff\r\nx-accel-buffering: no\r\n{more}x-request-id: …\r\n\
         connection: close\r\ntransfer-encoding: chunked\r\ndate: …\r\n\r\n"
    );
    for piece in pieces {
        let piece = piece.replace("EPOCH", EPOCH);
        answer.push_str(&format!("{:X}\r\n{piece}\r\n", piece.len()));
    }
    answer + "0\r\n\r\n"
}

fn plain(status: &str, content_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncache-control: no-store, no-transform\r\n\
         x-content-type-options: nosniff\r\nx-request-id: …\r\nconnection: close\r\ncontent-length: {length}\r\n\
         date: …\r\n\r\n{body}"
    )
}

const FRAME_POLICY: &str = "content-security-policy: default-src 'none'; sandbox allow-same-origin; \
                            frame-ancestors 'self'\r\n";

/// What a frame begins with: over a kilobyte, as WebKit shows nothing before.
fn opening() -> String {
    let opening = "<!doctype html><title>comet</title><!--";
    format!("{opening}{}-->\n", " ".repeat(1024 - opening.len()))
}

#[test]
fn page_commands() {
    let server = Server::start();
    let answer = |accept: &str| settled(&server.answer(&call("count", accept, "[2]")));
    assert_eq!(
        answer("text/event-stream"),
        chunked(
            "text/event-stream",
            "",
            &[
                ":\n\nevent: hello\ndata: {\"cursor\":\"EPOCH.0\",\"heartbeat\":15000}\n\n\
             id: EPOCH.1\nevent: page\ndata: [{\"selector\":\"#n\",\"text\":\"1\",\"type\":\"text\"}]\n\n",
                "id: EPOCH.2\nevent: page\ndata: [{\"selector\":\"#n\",\"text\":\"2\",\"type\":\"text\"}]\n\n",
                "id: EPOCH.3\nevent: page\ndata: [{\"selector\":\"#n\",\"text\":\"<done>\",\"type\":\"text\"}]\n\n\
             id: done\nevent: done\ndata: null\n\n",
            ]
        )
    );
    assert_eq!(
        answer("application/x-ndjson"),
        chunked(
            "application/x-ndjson",
            "",
            &[
                "{\"event\":\"hello\",\"data\":{\"cursor\":\"EPOCH.0\",\"heartbeat\":15000}}\n\
             {\"id\":\"EPOCH.1\",\"event\":\"page\",\"data\":[{\"selector\":\"#n\",\"text\":\"1\",\"type\":\"text\"}]}\n",
                "{\"id\":\"EPOCH.2\",\"event\":\"page\",\"data\":[{\"selector\":\"#n\",\"text\":\"2\",\"type\":\"text\"}]}\n",
                "{\"id\":\"EPOCH.3\",\"event\":\"page\",\"data\":[{\"selector\":\"#n\",\"text\":\"<done>\",\"type\":\"text\"}]}\n\
             {\"id\":\"done\",\"event\":\"done\",\"data\":null}\n",
            ]
        )
    );
    assert_eq!(answer("*/*"), answer("text/event-stream"));
    let commands = "[{\"selector\":\"#n\",\"text\":\"1\",\"type\":\"text\"},\
                    {\"selector\":\"#n\",\"text\":\"2\",\"type\":\"text\"},\
                    {\"selector\":\"#n\",\"text\":\"<done>\",\"type\":\"text\"}]";
    let json = answer("application/json");
    assert!(json.ends_with(&format!("\r\n\r\n{commands}")), "{json}");
    assert_eq!(field(&json, "content-type"), "application/json");
    assert_eq!(field(&json, "content-length"), commands.len().to_string());
}

#[test]
fn page_commands_in_a_frame() {
    let server = Server::start();
    let request = call("count?transport=frame", "text/html", "[1]");
    assert_eq!(
        settled(&server.answer(&request)),
        chunked(
            "text/html; charset=utf-8",
            FRAME_POLICY,
            &[
                &format!(
                    "{}<c-f>{{\"event\":\"hello\",\"data\":{{\"cursor\":\"EPOCH.0\",\"heartbeat\":15000}}}}</c-f>\n\
                 <c-f>{{\"id\":\"EPOCH.1\",\"event\":\"page\",\"data\":[{{\"selector\":\"#n\",\"text\":\"1\",\"type\":\"text\"}}]}}</c-f>\n",
                    opening()
                ),
                "<c-f>{\"id\":\"EPOCH.2\",\"event\":\"page\",\"data\":[{\"selector\":\"#n\",\
             \"text\":\"\\u003cdone\\u003e\",\"type\":\"text\"}]}</c-f>\n\
             <c-f>{\"id\":\"done\",\"event\":\"done\",\"data\":null}</c-f>\n",
            ]
        )
    );
}

#[test]
fn typed_events() {
    let server = Server::start();
    let answer = |accept: &str| settled(&server.answer(&get("/ticks/2?from=7", accept)));
    assert_eq!(
        answer("text/event-stream"),
        chunked(
            "text/event-stream",
            "",
            &[
                ":\n\nevent: hello\ndata: {\"cursor\":\"EPOCH.0\",\"heartbeat\":15000}\n\n\
             id: EPOCH.1\ndata: {\"n\":7}\n\n",
                "id: EPOCH.2\ndata: {\"n\":8}\n\n",
                "id: EPOCH.3\nevent: last\ndata: {\"n\":0}\n\n",
                "id: done\nevent: done\ndata: null\n\n",
            ]
        )
    );
    assert_eq!(
        answer("application/x-ndjson"),
        chunked(
            "application/x-ndjson",
            "",
            &[
                "{\"event\":\"hello\",\"data\":{\"cursor\":\"EPOCH.0\",\"heartbeat\":15000}}\n\
             {\"id\":\"EPOCH.1\",\"event\":\"message\",\"data\":{\"n\":7}}\n",
                "{\"id\":\"EPOCH.2\",\"event\":\"message\",\"data\":{\"n\":8}}\n",
                "{\"id\":\"EPOCH.3\",\"event\":\"last\",\"data\":{\"n\":0}}\n",
                "{\"id\":\"done\",\"event\":\"done\",\"data\":null}\n",
            ]
        )
    );
    assert!(answer("application/json").ends_with("\r\n\r\n[{\"n\":7},{\"n\":8},{\"n\":0}]"));
    let framed = settled(&server.answer(&get("/ticks/0?transport=frame", "*/*")));
    let hello =
        "<c-f>{\"event\":\"hello\",\"data\":{\"cursor\":\"EPOCH.0\",\"heartbeat\":15000}}</c-f>\n";
    assert_eq!(
        framed,
        chunked(
            "text/html; charset=utf-8",
            FRAME_POLICY,
            &[
                &format!(
                    "{}{hello}<c-f>{{\"id\":\"EPOCH.1\",\"event\":\"last\",\"data\":{{\"n\":0}}}}</c-f>\n",
                    opening()
                ),
                "<c-f>{\"id\":\"done\",\"event\":\"done\",\"data\":null}</c-f>\n",
            ]
        )
    );
}

#[test]
fn a_returned_stream() {
    let server = Server::start();
    assert_eq!(
        settled(&server.answer(&get("/stream/2", "application/x-ndjson"))),
        chunked(
            "application/x-ndjson",
            "",
            &[
                "{\"event\":\"hello\",\"data\":{\"cursor\":\"EPOCH.0\",\"heartbeat\":15000}}\n\
             {\"id\":\"EPOCH.1\",\"event\":\"message\",\"data\":{\"n\":1}}\n",
                "{\"id\":\"EPOCH.2\",\"event\":\"message\",\"data\":{\"n\":2}}\n",
                "{\"id\":\"done\",\"event\":\"done\",\"data\":null}\n",
            ]
        )
    );
}

#[test]
fn one_reply() {
    let server = Server::start();
    let answer = |request: String| settled(&server.answer(&request));
    assert_eq!(answer(call("add", "*/*", "[1,2]")), plain("200 OK", "application/json", "3"));
    let text = "text/plain; charset=utf-8";
    assert_eq!(answer(get("/hello/W%C3%B6rld", "*/*")), plain("200 OK", text, "Hello, Wörld!"));
    assert_eq!(
        answer(get("/page", "*/*")),
        plain("200 OK", "text/html; charset=utf-8", "<p>hi</p>")
    );
    let made = get("/made", "*/*").replace("GET", "POST");
    assert_eq!(answer(made), plain("201 Created", "application/json", "7"));
    assert_eq!(
        answer(get("/nothing", "*/*")),
        "HTTP/1.1 204 No Content\r\ncache-control: no-store, no-transform\r\nx-content-type-options: nosniff\r\n\
         x-request-id: …\r\nconnection: close\r\ndate: …\r\n\r\n"
    );
}

#[test]
fn one_reply_to_who_takes_only_streams() {
    let server = Server::start();
    assert_eq!(
        settled(&server.answer(&call("add", "text/event-stream", "[1,2]"))),
        chunked(
            "text/event-stream",
            "",
            &[":\n\nevent: hello\ndata: {\"cursor\":\"EPOCH.0\",\"heartbeat\":15000}\n\n\
             id: done\nevent: done\ndata: 3\n\n",]
        )
    );
    let framed = settled(&server.answer(&get("/page?transport=frame", "*/*")));
    assert!(
        framed
            .contains("\"event\":\"done\",\"data\":\"\\u003cp\\u003ehi\\u003c/p\\u003e\"}</c-f>\n")
    );
}

#[test]
fn a_problem() {
    let server = Server::start();
    let problem = "{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,\"detail\":\"it is \\\"taken\\\"\"}";
    let wanted = plain("409 Conflict", "application/problem+json", problem);
    for accept in ["text/event-stream", "application/x-ndjson", "application/json"] {
        assert_eq!(settled(&server.answer(&call("refuse", accept, "[]"))), wanted);
    }
    let framed = server.answer(&call("refuse?transport=frame", "*/*", "[]"));
    assert_eq!(status(&framed), 200);
    let message = format!(
        "{}<c-f>{{\"id\":\"done\",\"event\":\"error\",\"data\":{problem}}}</c-f>\n",
        opening()
    );
    assert!(framed.ends_with(&message), "{framed}");
}

#[test]
fn the_first_bytes_of_a_stream_come_before_the_handler_goes_on() {
    let server = Server::start();
    let mut client = Client::connect(server.address);
    client.send(get("/forever", "text/event-stream"));
    client.until("\r\n\r\n");
    let first = client.chunk();
    assert!(
        first.starts_with(":\n\nevent: hello\n") && first.ends_with("data: {\"n\":1}\n\n"),
        "{first}"
    );
}
