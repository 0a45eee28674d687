use bytes::Bytes;
use http::Request;

use super::{Tested, endpoint, text};
use crate::registry::Endpoint;
use crate::reply::{BoxFuture, Outcome, Value};

/// Says what it has of its route.
fn echo(call: crate::Call) -> BoxFuture {
    Box::pin(async move {
        call.begin()?;
        let path = call.values.path("name").unwrap_or("-");
        let query = call.values.query("times").collect::<Vec<_>>().join("+");
        let said = format!("{path} {query}");
        Ok(Outcome::new(Value::Text(Bytes::from(said))))
    })
}

async fn said(body: &str) -> (u16, String) {
    let routed = Endpoint {
        names: &["hello"],
        routes: &["/hello/{name}?{times}"],
        serve: |want| want.run(echo),
        ..endpoint(1)
    };
    let app = Tested::new([routed]);
    let call = Request::post("/comet/call/hello").header("content-type", "application/json");
    let response = app.send(call, body).await;
    (response.status().as_u16(), text(response).await)
}

#[tokio::test]
async fn a_call_by_name_gives_what_the_route_would_say_as_arguments() {
    assert_eq!(said(r#"["Ann"]"#).await, (200, "Ann ".to_owned()));
    assert_eq!(said(r#"["a/b", 3]"#).await, (200, "a/b 3".to_owned()));
    assert_eq!(said(r#"{"times":[1,2],"name":"Ann"}"#).await, (200, "Ann 1+2".to_owned()));
    let (status, told) = said(r#"["Ann", 1, 2]"#).await;
    assert_eq!(status, 400);
    assert!(told.contains("the handler takes 2 arguments, the call has 3"), "{told}");
    let (status, told) = said(r#"{"nmae":"Ann"}"#).await;
    assert_eq!(status, 400);
    assert!(told.contains("the handler has no argument `nmae`"), "{told}");
}
