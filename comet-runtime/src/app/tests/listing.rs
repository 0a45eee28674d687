use std::time::Duration;

use http::{Request, StatusCode};
use serde_json::{Value, json};

use super::rooms::rooms;
use super::{Tested, field, plan, text};
use crate::app::listing::{Listing, contributions};
use crate::config::Config;
use crate::registry::tests::sample;
use crate::registry::{Access, Endpoint, Hold};

#[test]
fn each_crate_is_told_with_what_it_contributes() {
    let endpoints = [
        Endpoint { routes: &["/a"], module: "news::daily", ..sample("read", "src/a.rs", 3) },
        Endpoint { routes: &["/b"], module: "news::daily", ..sample("read", "src/a.rs", 3) },
        Endpoint { module: "news", ..sample("write", "src/b.rs", 3) },
        Endpoint { module: "chat", ..sample("say", "src/a.rs", 3) },
    ];
    let endpoints = endpoints.map(|endpoint| &*Box::leak(Box::new(endpoint)));
    assert_eq!(
        contributions(&endpoints, &[rooms("contributions", Access::User)]),
        [
            "crate `chat`: handlers 1, channels 0",
            "crate `news`: handlers 2, channels 0",
            "crate `tests`: handlers 0, channels 1",
        ]
    );
}

#[test]
fn the_table_has_a_row_for_each_route_and_each_name() {
    let endpoints: Vec<&'static Endpoint> = [
        Endpoint {
            routes: &["/z/{id}", "/a"],
            names: &["import"],
            ..sample("import", "src/a.rs", 3)
        },
        Endpoint {
            routes: &["/b"],
            method: "*",
            access: Access::User,
            hold: Hold::For(Duration::from_secs(1)),
            ..sample("Jobs::done", "src/jobs.rs", 12)
        },
    ]
    .into_iter()
    .map(|endpoint| &*Box::leak(Box::new(endpoint)))
    .collect();
    let lines = |endpoints, mount| Listing::of(endpoints, &[], mount).lines();
    assert_eq!(
        lines(&endpoints, "/"),
        [
            "GET   /a                  import      public  src/a.rs:3:1",
            "ANY   /b                  Jobs::done  user    src/jobs.rs:12:1",
            "POST  /comet/call/import  import      public  src/a.rs:3:1",
            "GET   /z/{id}             import      public  src/a.rs:3:1",
        ]
    );
    assert_eq!(
        lines(&endpoints[1..], "/app/"),
        ["ANY  /app/b  Jobs::done  user  src/jobs.rs:12:1"]
    );
    assert_eq!(lines(&[], "/"), [""; 0]);
}

const SECRET: &str = "0123456789abcdef";

fn app() -> Tested {
    let import =
        Endpoint { routes: &["/a"], names: &["import"], ..sample("import", "src/a.rs", 3) };
    let mut plan = plan([import]);
    plan.channels.push(rooms("listing", Access::Public));
    let config = Config {
        mount: "/app".to_owned(),
        publish_secret: Some(SECRET.parse().unwrap()),
        ..Config::default()
    };
    Tested::with(plan, config)
}

fn asking(accept: &str) -> http::request::Builder {
    Request::get("/app/comet/routes")
        .header("authorization", format!("Bearer {SECRET}"))
        .header("accept", accept)
}

#[tokio::test]
async fn a_running_app_lists_its_routes_and_channels_as_json() {
    let reply = app().send(asking("*/*"), "").await;
    assert_eq!(field(&reply, "content-type"), "application/json");
    assert_eq!(field(&reply, "cache-control"), "no-store, no-transform");
    let row = |method, path| json!({ "method": method, "path": path, "handler": "import", "access": "public", "at": "src/a.rs:3:1" });
    let channel = json!({ "pattern": "rooms/{room}", "payload": "Said", "access": "public", "at": "src/lib.rs:1:1" });
    assert_eq!(
        serde_json::from_str::<Value>(&text(reply).await).unwrap(),
        json!({
            "routes": [row("GET", "/app/a"), row("POST", "/app/comet/call/import")],
            "channels": [channel],
        })
    );
}

#[tokio::test]
async fn who_asks_for_text_gets_the_table() {
    let reply = app().send(asking("text/plain"), "").await;
    assert_eq!(field(&reply, "content-type"), "text/plain; charset=utf-8");
    assert_eq!(
        text(reply).await,
        "GET      /app/a                  import  public  src/a.rs:3:1\n\
         POST     /app/comet/call/import  import  public  src/a.rs:3:1\n\
         CHANNEL  rooms/{room}            Said    public  src/lib.rs:1:1\n"
    );
}

#[tokio::test]
async fn the_list_is_for_whoever_may_publish() {
    let app = app();
    assert_eq!(app.get("/app/comet/routes").await.status(), StatusCode::UNAUTHORIZED);
    let posted = asking("*/*").method("POST");
    assert_eq!(field(&app.send(posted, "").await, "allow"), "GET");
    let closed = Tested::new([sample("import", "src/a.rs", 3)]);
    assert_eq!(closed.get("/comet/routes").await.status(), StatusCode::NOT_FOUND);
}
