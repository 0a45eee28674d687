use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use http_body_util::BodyExt;

use super::{nothing, stream};
use crate::error::Error;
use crate::registry::Shape;
use crate::transport::{self, Transport, problem};

type Reply = Response<axum_core::body::Body>;

async fn body(reply: Reply) -> String {
    String::from_utf8(reply.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

fn field<'r>(reply: &'r Reply, name: &str) -> &'r str {
    reply.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn conflict() -> Error {
    Error::new(StatusCode::CONFLICT, "a \"b\" <c>")
        .with_header(header::RETRY_AFTER, HeaderValue::from_static("5"))
}

const PROBLEM: &str =
    r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"a \"b\" <c>"}"#;

#[tokio::test]
async fn a_caller_that_can_read_a_status_gets_it_with_a_problem() {
    for transport in [None, Some(Transport::Sse), Some(Transport::Ndjson), Some(Transport::Json)] {
        let reply = problem(transport, &conflict());
        assert_eq!(reply.status(), StatusCode::CONFLICT);
        assert_eq!(field(&reply, "content-type"), "application/problem+json");
        assert_eq!(field(&reply, "cache-control"), "no-store, no-transform");
        assert_eq!(field(&reply, "x-content-type-options"), "nosniff");
        assert_eq!(field(&reply, "retry-after"), "5");
        assert_eq!(body(reply).await, PROBLEM);
    }
}

#[tokio::test]
async fn a_frame_gets_a_frame_with_one_message() {
    let reply = problem(Some(Transport::Frame), &conflict());
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(field(&reply, "content-type"), "text/html; charset=utf-8");
    assert_eq!(field(&reply, "retry-after"), "5");
    let body = body(reply).await;
    let message = body.split_once("-->\n").unwrap().1;
    let data = PROBLEM.replace('<', "\\u003c").replace('>', "\\u003e");
    assert_eq!(
        message,
        format!("<c-f>{{\"id\":\"done\",\"event\":\"error\",\"data\":{data}}}</c-f>\n")
    );
}

#[tokio::test]
async fn a_frame_may_do_nothing_and_be_embedded_by_its_own_site_only() {
    let policy = "default-src 'none'; sandbox allow-same-origin; frame-ancestors 'self'";
    let streamed =
        transport::stream(Transport::Frame, stream(Transport::Frame, |_| async { nothing() }));
    for reply in [problem(Some(Transport::Frame), &conflict()), streamed] {
        assert_eq!(field(&reply, "content-security-policy"), policy);
    }
}

#[tokio::test]
async fn streams_are_kept_out_of_caches_and_buffers() {
    for (transport, content_type) in [
        (Transport::Sse, "text/event-stream"),
        (Transport::Ndjson, "application/x-ndjson"),
        (Transport::Frame, "text/html; charset=utf-8"),
    ] {
        let reply = transport::stream(transport, stream(transport, |_| async { nothing() }));
        assert_eq!(reply.status(), StatusCode::OK);
        assert_eq!(field(&reply, "content-type"), content_type);
        assert_eq!(field(&reply, "cache-control"), "no-store, no-transform");
        assert_eq!(field(&reply, "x-accel-buffering"), "no");
        assert_eq!(field(&reply, "x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn one_json_value_holds_everything() {
    let payload = Bytes::from_static;
    let page = [payload(b"[1,2]"), payload(b"[]"), payload(b"[3]")];
    let reply = transport::collected(Shape::Page, &page);
    assert_eq!(field(&reply, "content-type"), "application/json");
    assert_eq!(body(reply).await, "[1,2,3]");
    assert_eq!(body(transport::collected(Shape::Page, &[])).await, "[]");
    let events = [payload(b"{\"n\":1}"), payload(b"[2]"), payload(b"null")];
    assert_eq!(body(transport::collected(Shape::Events, &events)).await, "[{\"n\":1},[2],null]");
    assert_eq!(body(transport::collected(Shape::Events, &[])).await, "[]");
}

#[test]
fn a_handlers_own_caching_wins() {
    let mut headers = http::HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=60"));
    transport::guard(&mut headers);
    assert_eq!(headers[header::CACHE_CONTROL], "max-age=60");
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
}
