use http::{Request, StatusCode, header};

use super::{Tested, endpoint, events, field, text, two_events};
use crate::error::Error;
use crate::registry::{Endpoint, Shape};

fn page(signature: &mut crate::Signature) {
    signature.shape = Shape::Page;
}

fn app() -> Tested {
    Tested::new([
        Endpoint {
            routes: &["/events"],
            serve: |want| want.answer(events, two_events),
            ..endpoint(1)
        },
        Endpoint { routes: &["/page"], serve: |want| want.sign(page), ..endpoint(2) },
        Endpoint { routes: &["/once"], names: &["once"], ..endpoint(3) },
        Endpoint {
            routes: &["/fails"],
            serve: |ask| {
                ask.answer(events, |_| {
                    Box::pin(async { Err(Error::new(StatusCode::CONFLICT, "taken")) })
                })
            },
            ..endpoint(4)
        },
        Endpoint {
            routes: &["/panics"],
            serve: |want| want.answer(page, |_| Box::pin(async { panic!("as asked for") })),
            ..endpoint(5)
        },
    ])
}

async fn accepting(app: &Tested, path: &str, accept: &str) -> (u16, String, String) {
    let reply = app.send(Request::get(path).header(header::ACCEPT, accept), "").await;
    let (status, kind) = (reply.status().as_u16(), field(&reply, "content-type").to_owned());
    (status, kind, text(reply).await)
}

#[tokio::test]
async fn one_value_is_what_all_of_it_comes_to() {
    let app = app();
    let json = "application/json";
    assert_eq!(accepting(&app, "/events", json).await, (200, json.into(), "[1,2]".into()));
    assert_eq!(accepting(&app, "/page", json).await, (200, json.into(), "[]".into()));
    assert_eq!(accepting(&app, "/once", json).await, (204, String::new(), String::new()));
}

#[tokio::test]
async fn an_error_has_its_status_on_every_transport_but_in_a_frame() {
    let app = app();
    for accept in ["*/*", "text/event-stream", "application/x-ndjson", "application/json"] {
        for (path, status) in [("/fails", 409), ("/panics", 500)] {
            let (seen, kind, body) = accepting(&app, path, accept).await;
            assert_eq!((seen, kind.as_str()), (status, "application/problem+json"), "{accept}");
            assert!(!body.contains("as asked for"), "{body}");
        }
    }
    let (status, kind, body) = accepting(&app, "/fails?transport=frame", "*/*").await;
    assert_eq!((status, kind.as_str()), (200, "text/html; charset=utf-8"));
    assert!(body.contains(r#"<c-f>{"id":"done","event":"error","data":{"type":"about:blank","#));
}

#[tokio::test]
async fn what_cannot_be_served_is_said_before_the_handler_runs() {
    let app = app();
    assert_eq!(accepting(&app, "/panics", "image/png").await.0, 406);
    assert_eq!(accepting(&app, "/panics?transport=telegraph", "*/*").await.0, 400);
    let call = Request::post("/comet/call/once").header(header::CONTENT_TYPE, "text/plain");
    let refused = app.send(call, "hello").await;
    assert_eq!(refused.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let told = text(refused).await;
    // What else there may be is a matter of features.
    let says = |part| told.contains(part);
    assert!(says("arguments are application/json") && says("`text/plain`"), "{told}");
    let refused = app.send(Request::post("/comet/call/once"), "hello").await;
    assert!(text(refused).await.contains("no content type"));
}

#[tokio::test]
async fn a_body_has_its_limit_to_the_byte() {
    let app = app();
    let call =
        || Request::post("/comet/call/once").header(header::CONTENT_TYPE, "application/json");
    let body = |length: usize| format!("[{}]", " ".repeat(length - 2));
    assert_eq!(app.send(call(), &body(64 << 10)).await.status(), StatusCode::NO_CONTENT);
    let refused = app.send(call(), &body((64 << 10) + 1)).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(text(refused).await.contains("the body has more than 65536 bytes"));
}
