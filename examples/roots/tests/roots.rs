//! What the page's scripts are answered.
#![allow(clippy::unwrap_used)]

use comet::App;
use comet::test::TestApp;
use http::Request;
use serde_json::{Value, json};
use todos::Todos;

async fn app() -> TestApp {
    let todos = Todos::open(":memory:").await.unwrap();
    TestApp::new(App::from_linked().with(todos).adapt(roots::mount())).unwrap()
}

/// Polls, and goes on from the reply: path and message of each update.
async fn poll(app: &TestApp, token: &mut String) -> Vec<(String, String)> {
    let reply: Value = app.get(format!("/comet/{token}")).await.json().await.unwrap();
    *token = reply["reconnectWith"].as_str().unwrap().to_owned();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let updates = reply["updates"].as_array().unwrap().iter();
    updates.map(|update| (text(&update["path"]), text(&update["message"]))).collect()
}

async fn post(app: &TestApp, what: &str, token: &str, paths: &Value) -> u16 {
    let (uid, _) = token.split_once('/').unwrap();
    let request = Request::post(format!("/roots/{what}/{uid}"));
    app.send(request.body(paths.to_string().into())).await.status.as_u16()
}

#[tokio::test]
async fn r_05_r_06_r_16_records_that_are_made_changed_and_deleted_reach_a_page_that_may_follow() {
    let app = app().await;
    let mut token = String::new();
    assert_eq!(poll(&app, &mut token).await, []);
    // What is no list is left out by the application.
    assert_eq!(post(&app, "connect", &token, &json!(["todos/home", "::gone", "other"])).await, 204);
    let path = "todos/home".to_owned();
    assert_eq!(poll(&app, &mut token).await, [(path.clone(), String::new())]);
    for (call, arguments, message) in [
        (
            "add",
            json!(["home", "Look <up>"]),
            json!({"saved": {"id": 1, "title": "Look <up>", "done": false}}),
        ),
        (
            "check",
            json!([1, true]),
            json!({"saved": {"id": 1, "title": "Look <up>", "done": true}}),
        ),
        ("remove", json!([1]), json!({"deleted": {"id": 1}})),
    ] {
        assert_eq!(app.call(&format!("todos_{call}"), &arguments).await.status, 204);
        let updates = poll(&app, &mut token).await;
        assert_eq!(updates.len(), 1, "{updates:?}");
        assert_eq!(
            (&updates[0].0, serde_json::from_str::<Value>(&updates[0].1).unwrap()),
            (&path, message)
        );
    }
    assert_eq!(post(&app, "disconnect", &token, &json!(["todos/home"])).await, 204);
    assert_eq!(poll(&app, &mut token).await, [("::+::disconnect".to_owned(), path)]);
}

#[tokio::test]
async fn r_05_what_is_no_list_of_paths_is_refused_and_a_session_that_is_gone_not_found() {
    let app = app().await;
    let mut token = String::new();
    poll(&app, &mut token).await;
    for body in [json!({}), json!("todos/home"), json!([7]), json!(null)] {
        assert_eq!(post(&app, "connect", &token, &body).await, 400, "{body}");
    }
    assert_eq!(post(&app, "connect", "COMET-x-1/0", &json!(["todos/home"])).await, 404);
    assert_eq!(post(&app, "disconnect", "COMET-x-1/0", &json!(["todos/home"])).await, 204);
}

#[test]
fn r_10_urls_that_are_none_are_said_at_the_start() {
    let roots = comet::compat::roots::Roots::at("comet").dudley("/{any}");
    let findings = App::from_linked().adapt(roots).verify().unwrap_err().to_string();
    for wanted in [
        "in `Roots::at(\"comet\")`: ",
        "a route starts with `/`",
        "in `dudley(\"/{any}\")`: it is one URL",
    ] {
        assert!(findings.contains(wanted), "{findings}");
    }
    // Without it, the handlers have nothing to connect with.
    let findings = App::from_linked().verify().unwrap_err().to_string();
    assert!(
        findings.contains("Firenze`") && findings.contains("give it one: `.adapt(…)`"),
        "{findings}"
    );
}
