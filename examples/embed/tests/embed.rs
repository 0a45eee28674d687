//! Two frameworks, one state.
#![allow(clippy::unwrap_used)]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, header};
use comet::App;
use comet::test::TestApp;
use embed::{Kitchen, application};
use serde_json::json;
use tower_service::Service;

async fn send(application: &Router, request: Request<Body>) -> Response<Body> {
    let Ok(response) = application.clone().call(request).await;
    response
}

#[tokio::test]
async fn an_order_through_axum_is_seen_through_comet() {
    let kitchen = Kitchen::default();
    let application = application(kitchen.clone()).unwrap();
    let comet = TestApp::new(App::from_linked().state(kitchen)).unwrap();
    let mut watching = comet.call("watch_kitchen", &json!([])).await;
    watching.next().await.unwrap();
    assert_eq!(watching.next().await.unwrap().data[0]["text"], "0");

    let order = Request::post("/orders")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("dish=pie"));
    let reply = send(&application, order.unwrap()).await.into_body();
    assert_eq!(to_bytes(reply, 100).await.unwrap(), "The kitchen has it.\n");
    let seen = watching.next().await.unwrap().data;
    assert_eq!((&seen[0]["text"], &seen[1]["text"]), (&json!("1"), &json!("pie")));
}

#[tokio::test]
async fn comet_answers_where_axum_has_no_route() {
    let application = application(Kitchen::default()).unwrap();
    let page = Request::get("/embed").body(Body::empty()).unwrap();
    assert_eq!(send(&application, page).await.status(), 200);
    let call = Request::post("/comet/call/order_dish")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(r#"["soup"]"#));
    assert_eq!(send(&application, call.unwrap()).await.status(), 204);
    let nowhere = Request::get("/nowhere").body(Body::empty()).unwrap();
    assert_eq!(send(&application, nowhere).await.status(), 404);
}
