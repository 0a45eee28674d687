use http::{Request, StatusCode, header};

use crate::registry::Shape;
use crate::transport::{Transport, negotiate};

fn chosen(shape: Shape, uri: &str, accept: &[&str]) -> Result<Transport, (StatusCode, String)> {
    let mut request = Request::builder().uri(uri);
    for field in accept {
        request = request.header(header::ACCEPT, *field);
    }
    let (parts, ()) = request.body(()).unwrap().into_parts();
    negotiate(shape, &parts).map_err(|error| (error.status(), error.to_string()))
}

fn by_accept(shape: Shape, accept: &str) -> Result<Transport, StatusCode> {
    chosen(shape, "/", &[accept]).map_err(|(status, _)| status)
}

const SSE: Result<Transport, StatusCode> = Ok(Transport::Sse);
const NDJSON: Result<Transport, StatusCode> = Ok(Transport::Ndjson);
const JSON: Result<Transport, StatusCode> = Ok(Transport::Json);
const MULTIPART: Result<Transport, StatusCode> = Ok(Transport::Multipart);
const NONE: Result<Transport, StatusCode> = Err(StatusCode::NOT_ACCEPTABLE);

#[test]
fn a_caller_of_a_streaming_handler_gets_what_it_likes_best() {
    for (accept, wanted) in [
        ("text/event-stream", SSE),
        ("application/x-ndjson", NDJSON),
        ("application/json", JSON),
        ("TEXT/Event-Stream", SSE),
        ("*/*", SSE),
        ("text/*", SSE),
        ("application/*", NDJSON),
        ("application/json, text/event-stream", SSE),
        ("application/json, text/event-stream;q=0.9", JSON),
        ("text/event-stream;q=0.5, application/x-ndjson;q=0.6", NDJSON),
        ("application/json;q=0.001, */*;q=0", JSON),
        ("application/x-ndjson, */*;q=0.9", NDJSON),
        ("*/*, application/json", JSON),
        ("*/*, text/event-stream;q=0", NDJSON),
        ("application/json;charset=utf-8;q=0.7, text/event-stream; q=0.2", JSON),
        ("application/json;Q=0.1, text/event-stream;Q=0.2", SSE),
        // What a browser says when it opens a page.
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", SSE),
        ("multipart/x-mixed-replace", MULTIPART),
        ("multipart/*;q=0.9, application/json;q=0.8", MULTIPART),
        ("image/png", NONE),
        ("*/*;q=0", NONE),
        ("text/event-stream;q=0", NONE),
        ("application/xml, text/html", NONE),
    ] {
        for shape in [Shape::Page, Shape::Events] {
            assert_eq!(by_accept(shape, accept), wanted, "{accept}");
        }
    }
}

#[test]
fn a_handler_that_replies_once_streams_only_to_who_takes_nothing_else() {
    for (accept, wanted) in [
        ("*/*", JSON),
        ("application/json", JSON),
        ("text/html", JSON),
        ("image/png", JSON),
        ("text/*", JSON),
        ("text/event-stream, */*;q=0.1", JSON),
        ("text/event-stream", SSE),
        ("application/x-ndjson", NDJSON),
        ("application/x-ndjson;q=0.5, text/event-stream;q=0.4", NDJSON),
        ("text/event-stream, */*;q=0", SSE),
        ("multipart/x-mixed-replace", MULTIPART),
        ("text/event-stream;q=0", NONE),
    ] {
        assert_eq!(by_accept(Shape::Once, accept), wanted, "{accept}");
    }
}

#[test]
fn what_is_malformed_does_not_count() {
    for accept in
        ["", ",", "json", "text/event-stream;q=2", "text/event-stream;q=NaN", ";q=1", "a;b;c"]
    {
        assert_eq!(by_accept(Shape::Page, accept), SSE, "{accept}");
        assert_eq!(by_accept(Shape::Once, accept), JSON, "{accept}");
    }
    assert_eq!(by_accept(Shape::Page, "nonsense, application/json"), JSON);
    assert_eq!(by_accept(Shape::Page, "text/event-stream;q=-1, application/x-ndjson"), NDJSON);
}

#[test]
fn several_fields_are_one_list_and_none_is_anything() {
    let several = ["text/event-stream;q=0.2", "application/json;q=0.3"];
    assert_eq!(chosen(Shape::Page, "/", &several), Ok(Transport::Json));
    assert_eq!(chosen(Shape::Page, "/", &[]), Ok(Transport::Sse));
    assert_eq!(chosen(Shape::Once, "/", &[]), Ok(Transport::Json));
}

#[test]
fn the_query_wins_over_accept() {
    for (query, wanted) in [
        ("?transport=sse", Transport::Sse),
        ("?transport=ndjson", Transport::Ndjson),
        ("?transport=json", Transport::Json),
        ("?transport=frame", Transport::Frame),
        ("?transport=multipart", Transport::Multipart),
        ("?a=1&transport=frame&transport=sse", Transport::Frame),
        ("?transport=fr%61me", Transport::Frame),
    ] {
        for shape in [Shape::Page, Shape::Events, Shape::Once] {
            assert_eq!(chosen(shape, &format!("/{query}"), &["image/png"]), Ok(wanted), "{query}");
        }
    }
    assert_eq!(chosen(Shape::Page, "/?transports=json", &[]), Ok(Transport::Sse));
}

#[test]
fn an_unknown_transport_is_named_beside_those_there_are() {
    for (query, shown) in [
        ("?transport=ws", "ws"),
        ("?transport=", ""),
        ("?transport=SSE", "SSE"),
        ("?transport=%0a", "\\n"),
    ] {
        let detail = format!(
            "unknown transport `{shown}`; there are sse, ndjson, json, longpoll, jsonp, frame, multipart and websocket"
        );
        let refused = Err((StatusCode::BAD_REQUEST, detail));
        assert_eq!(chosen(Shape::Page, &format!("/{query}"), &[]), refused);
    }
}

#[test]
fn who_takes_nothing_that_is_there_is_told_what_is() {
    let (status, detail) = chosen(Shape::Events, "/", &["image/png"]).unwrap_err();
    assert_eq!(status, StatusCode::NOT_ACCEPTABLE);
    let offers = "text/event-stream, application/x-ndjson, application/json or \
                  multipart/x-mixed-replace";
    assert_eq!(detail, format!("this handler answers with {offers}"));
}
