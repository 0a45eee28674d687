use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::{RHYTHM, nothing, piece, pieces, run, send, stream};
use crate::error::Error;
use crate::log::EventName;
use crate::reply::{Outcome, Value};
use crate::transport::{Rhythm, StreamBody, Transport};

/// The stream with its epoch written as `E`.
fn without_epoch(pieces: &[String]) -> Vec<String> {
    let start = pieces[0].find("\"cursor\":\"").unwrap() + 10;
    let epoch = &pieces[0][start..start + 26];
    pieces.iter().map(|piece| piece.replace(epoch, "E")).collect()
}

/// What a handler that does a bit of everything looks like over a transport.
async fn over(transport: Transport) -> Vec<String> {
    let mut body = stream(transport, |flow| async move {
        send(&flow, r#"{"n":1}"#).await?;
        let page = Bytes::from_static(br#"[{"type":"alert","alert":"<hi>"}]"#);
        flow.send(EventName::PAGE, page).await?;
        flow.append(EventName::new("tick").unwrap(), Bytes::from_static(b"2"));
        Ok(Outcome::new(Value::Text(Bytes::from_static(b"over"))))
    });
    without_epoch(&pieces(&mut body).await)
}

#[tokio::test]
async fn an_event_stream() {
    assert_eq!(
        over(Transport::Sse).await,
        [
            ":\n\nevent: hello\ndata: {\"cursor\":\"E.0\",\"heartbeat\":15000}\n\n\
         id: E.1\ndata: {\"n\":1}\n\n",
            "id: E.2\nevent: page\ndata: [{\"type\":\"alert\",\"alert\":\"<hi>\"}]\n\n",
            "id: E.3\nevent: tick\ndata: 2\n\nid: done\nevent: done\ndata: \"over\"\n\n",
        ]
    );
}

#[tokio::test]
async fn lines_of_json() {
    assert_eq!(
        over(Transport::Ndjson).await,
        [
            "{\"event\":\"hello\",\"data\":{\"cursor\":\"E.0\",\"heartbeat\":15000}}\n\
         {\"id\":\"E.1\",\"event\":\"message\",\"data\":{\"n\":1}}\n",
            "{\"id\":\"E.2\",\"event\":\"page\",\"data\":[{\"type\":\"alert\",\"alert\":\"<hi>\"}]}\n",
            "{\"id\":\"E.3\",\"event\":\"tick\",\"data\":2}\n\
         {\"id\":\"done\",\"event\":\"done\",\"data\":\"over\"}\n",
        ]
    );
}

#[tokio::test]
async fn a_frame() {
    let frame = over(Transport::Frame).await;
    let (opening, first) = frame[0].split_once('\n').unwrap();
    let padding = opening.strip_prefix("<!doctype html><title>comet</title><!--").unwrap();
    assert_eq!(padding.trim_start_matches(' '), "-->");
    assert!(opening.len() >= 1024, "WebKit shows nothing before that");
    assert_eq!(
        [first, &frame[1], &frame[2]],
        [
            "<c-f>{\"event\":\"hello\",\"data\":{\"cursor\":\"E.0\",\"heartbeat\":15000}}</c-f>\n\
         <c-f>{\"id\":\"E.1\",\"event\":\"message\",\"data\":{\"n\":1}}</c-f>\n",
            "<c-f>{\"id\":\"E.2\",\"event\":\"page\",\"data\":[{\"type\":\"alert\",\"alert\":\"\\u003chi\\u003e\"}]}</c-f>\n",
            "<c-f>{\"id\":\"E.3\",\"event\":\"tick\",\"data\":2}</c-f>\n\
         <c-f>{\"id\":\"done\",\"event\":\"done\",\"data\":\"over\"}</c-f>\n",
        ]
    );
    assert_eq!(frame.len(), 3);
}

#[tokio::test]
async fn parts() {
    let parts = over(Transport::Multipart).await;
    let (boundary, _) = parts[0].split_once("\r\n").unwrap();
    let parts: Vec<_> = parts.iter().map(|piece| piece.replace(boundary, "--B")).collect();
    let next = "\r\n--B\r\nContent-Type: application/json\r\n\r\n";
    let hello = "{\"event\":\"hello\",\"data\":{\"cursor\":\"E.0\",\"heartbeat\":15000}}\n";
    let one = "{\"id\":\"E.1\",\"event\":\"message\",\"data\":{\"n\":1}}\n";
    assert_eq!(parts[0], format!("{}{hello}{next}{one}{next}", &next[2..]));
    let page = r#"{"id":"E.2","event":"page","data":[{"type":"alert","alert":"<hi>"}]}"#;
    assert_eq!(parts[1..3].concat(), format!("{page}\n{next}"), "shared bytes, and what ends them");
    let two = "{\"id\":\"E.3\",\"event\":\"tick\",\"data\":2}\n";
    let done = "{\"id\":\"done\",\"event\":\"done\",\"data\":\"over\"}\n";
    assert_eq!(parts[3..], [format!("{two}{next}{done}{next}")]);
}

#[tokio::test]
async fn hello_says_how_long_a_run_waits() {
    let resume = Some(Duration::from_secs(30));
    let rhythm = Rhythm { resume, ..RHYTHM };
    let ending = Box::pin(std::future::pending());
    let mut body = StreamBody::new(Transport::Ndjson, run(|_| async { nothing() }), rhythm, ending);
    let first = piece(&mut body).await.unwrap();
    let hello = first.lines().next().unwrap();
    assert!(hello.ends_with(r#".0","heartbeat":15000,"resume":30000}}"#), "{hello}");
}

#[tokio::test]
async fn an_error_is_a_problem() {
    let mut body = stream(Transport::Sse, |flow| async move {
        send(&flow, "1").await?;
        Err(Error::new(StatusCode::CONFLICT, "taken"))
    });
    piece(&mut body).await;
    let last = "id: done\nevent: error\ndata: {\"type\":\"about:blank\",\"title\":\"Conflict\",\
                \"status\":409,\"detail\":\"taken\"}\n\n";
    assert_eq!(pieces(&mut body).await, [last]);
}
