//! Several routes on one handler, and routes that live side by side.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]

use comet::test::TestApp;
use comet::{App, Link, comet, longpoll};

/// Stacked: each attribute is an endpoint.
#[longpoll("/news/{topic}", timeout = "1m", public)]
#[comet("/old/{topic}?{after}", method = ANY, public)]
/// Attributes may stand between documentation.
#[comet::longpoll(route = "/oldest?{topic}&{after}", public)]
async fn news(topic: &str, after: Option<u8>) -> String {
    format!("{topic} {after:?}")
}

/// Further routes of one endpoint, under several names.
#[comet(
    "/café/{id}",
    alias = "/coffee/{id}",
    alias = "/{id}/caf",
    name = "drink",
    name = "sip-it",
    public
)]
async fn coffee(id: u8) -> String {
    id.to_string()
}

mod side_by_side {
    use comet::comet;

    #[comet("/users/me", public)]
    async fn me() -> &'static str {
        "me"
    }

    #[comet("/users/{id}", public)]
    async fn user(id: u8) -> String {
        format!("user {id}")
    }

    #[comet("/users/{*rest}", public)]
    async fn below(rest: &str) -> String {
        format!("below {rest}")
    }

    #[comet("/users/{id}", method = DELETE, public)]
    async fn delete(id: u8) {
        assert!(id > 0);
    }
}

mod another_program {
    use comet::comet;

    #[comet("/users/me", group = "other", name = "me", public)]
    pub(crate) async fn me() -> &'static str {
        "another me"
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> comet::Result {
    assert_eq!(news::url("a b").as_str(), "/news/a%20b");
    assert_eq!(<news as Link>::NAME, "news");
    assert_eq!(coffee::url(1).as_str(), "/caf%C3%A9/1");
    assert_eq!(<coffee as Link>::NAME, "drink");

    let app = TestApp::new(App::from_linked())?;
    assert_eq!(app.get("/news/x?after=1").await.text().await, "x Some(1)");
    assert_eq!(app.get("/old/x?after=1").await.text().await, "x Some(1)");
    assert_eq!(app.get("/oldest?topic=x&after=1").await.text().await, "x Some(1)");
    for path in [coffee::url(1).as_str(), "/coffee/1", "/1/caf"] {
        assert_eq!(app.get(path).await.text().await, "1", "{path}");
    }
    assert_eq!(app.get("/users/me").await.text().await, "me");
    assert_eq!(app.get("/users/1").await.text().await, "user 1");
    assert_eq!(app.get("/users/1/2").await.text().await, "below 1/2");
    let other = TestApp::new(App::from_group("other"))?;
    assert_eq!(other.get("/users/me").await.text().await, "another me");
    Ok(())
}
