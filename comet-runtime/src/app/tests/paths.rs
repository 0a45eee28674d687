use http::Request;

use super::{Tested, endpoint, field, plan, text};
use crate::config::Config;
use crate::registry::Endpoint;

fn endpoints() -> [Endpoint; 2] {
    [
        Endpoint { routes: &["/a", "/b/{x}"], names: &["import"], ..endpoint(1) },
        Endpoint { routes: &["/a"], method: "PUT", ..endpoint(2) },
    ]
}

fn mounted(mount: &str) -> Tested {
    let config = Config { mount: mount.to_owned(), ..Config::default() };
    Tested::with(plan(endpoints()), config)
}

#[tokio::test]
async fn everything_stands_below_the_mount() {
    let app = mounted("/app");
    for (path, wanted) in [
        ("/app/a", 204),
        ("/app//a", 404),
        ("/app/./b/../a", 404),
        ("/app/comet/health", 200),
        ("/app/comet/comet.js", 200),
        ("/app/comet/morph.js", 200),
        ("/app/comet/channels.js", 200),
        ("/app/comet/markup.js", 200),
        ("/app/comet/transports.js", 200),
        ("/app/comet/websocket.js", 200),
        ("/app/comet/polling.js", 200),
        ("/a", 404),
        ("/application/a", 404),
        ("/comet/health", 404),
        ("/app", 308),
        ("/", 404),
    ] {
        assert_eq!(app.get(path).await.status(), wanted, "{path}");
    }
}

#[tokio::test]
async fn the_mount_without_its_slash_leads_to_the_one_with_it() {
    let app = mounted("/app");
    for (path, wanted) in
        [("/app", "/app/"), ("/app?a=%2F&b", "/app/?a=%2F&b"), ("/%61pp", "/app/")]
    {
        let moved = app.get(path).await;
        assert_eq!((moved.status().as_u16(), field(&moved, "location")), (308, wanted), "{path}");
    }
    assert_eq!(mounted("/").get("/").await.status(), 404, "that is the mount itself");
}

#[tokio::test]
async fn a_call_is_a_post_and_an_unknown_one_is_told_the_nearest() {
    let app = Tested::new(endpoints());
    assert_eq!(app.send(Request::post("/comet/call/import"), "").await.status(), 204);
    let refused = app.get("/comet/call/import").await;
    assert_eq!((refused.status().as_u16(), field(&refused, "allow")), (405, "POST"));
    let unknown = app.send(Request::post("/comet/call/imprt"), "").await;
    assert_eq!(unknown.status(), 404);
    assert!(text(unknown).await.contains("no handler is called `imprt`; did you mean `import`?"));
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones_and_options_tells_them_unasked() {
    let app = Tested::new(endpoints());
    let refused = app.send(Request::delete("/a"), "").await;
    assert_eq!((refused.status().as_u16(), field(&refused, "allow")), (405, "GET, HEAD, PUT"));
    let told = app.send(Request::options("/a"), "").await;
    assert_eq!((told.status().as_u16(), field(&told, "allow")), (204, "GET, HEAD, PUT"));
    assert_eq!(app.send(Request::options("/z"), "").await.status(), 404);
    let refused = app.send(Request::delete("/comet/health"), "").await;
    assert_eq!((refused.status().as_u16(), field(&refused, "allow")), (405, "GET"));
}

#[tokio::test]
async fn every_reply_has_an_id_that_finds_it_in_the_log() {
    let app = Tested::new(endpoints());
    let (one, two) = (app.get("/a").await, app.get("/nowhere").await);
    let (one, two) = (field(&one, "x-request-id"), field(&two, "x-request-id"));
    assert!(one.len() == 16 && two.len() == 16 && one != two, "`{one}` and `{two}`");
}

#[tokio::test]
async fn a_server_that_goes_away_is_not_healthy() {
    let app = Tested::new(endpoints());
    let healthy = app.get("/comet/health").await;
    assert_eq!((healthy.status().as_u16(), text(healthy).await.as_str()), (200, "ok"));
    app.drain.begin();
    let leaving = app.get("/comet/health").await;
    assert_eq!((leaving.status().as_u16(), text(leaving).await.as_str()), (503, "draining"));
}
