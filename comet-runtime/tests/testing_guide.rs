//! The samples of `docs/testing.md`: tests themselves, so they stand here and the page repeats them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

const PAGE: &str = include_str!("../../docs/testing.md");

/// Lines without their indentation, which the modules here add.
fn lines(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_page_has_no_sample_that_is_not_here() {
    let here = lines(include_str!("testing_guide.rs"));
    let samples: Vec<_> = PAGE.split("```rust\n").skip(1).collect();
    assert!(!samples.is_empty());
    for sample in samples {
        let sample = sample.split("```").next().unwrap();
        assert!(here.contains(&lines(sample)), "not here:\n{sample}");
    }
}

mod counting {
    use comet::test::TestApp;
    use comet::{App, Json, Page, comet};

    #[comet(public)]
    async fn count(n: u32, page: &mut Page) -> comet::Result<Json<u32>> {
        for i in 1..=n {
            page.text("#n", i).flush().await?;
        }
        Ok(Json(n))
    }

    #[tokio::test]
    async fn counts() {
        let app = TestApp::new(App::from_linked()).unwrap();
        let mut reply = app.call("count", &[2]).await;

        assert_eq!(reply.next().await.unwrap().event, "hello");
        let first = reply.next().await.unwrap();
        assert_eq!((first.event.as_str(), &first.data[0]["text"]), ("page", &"1".into()));
        assert_eq!(reply.last().await.unwrap().data, 2); // `done`, with what the handler returned
    }
}

mod verified {
    #[test]
    fn routes() -> Result<(), comet::StartError> {
        comet::verify()
    }
}

mod groups {
    use comet::test::TestApp;
    use comet::{App, Json, comet};

    #[comet("/double?{n}", public, group = "doubling")]
    async fn double(n: i64) -> Json<i64> {
        Json(2 * n)
    }

    #[tokio::test]
    async fn doubles() {
        let app = TestApp::new(App::from_group("doubling")).unwrap();
        assert_eq!(app.get(double::url(21)).await.json::<i64>().await, Some(42));
        assert_eq!(app.get("/double?n=x").await.status, 400);
    }
}

mod users {
    use comet::test::TestApp;
    use comet::{App, User, comet};
    use http::request::Parts;

    #[comet("/me", group = "users")]
    async fn me(user: User) -> String {
        user.id().to_owned()
    }

    /// Takes the user from a header; for tests only.
    fn by_header(parts: &Parts) -> Option<User> {
        parts.headers.get("x-user")?.to_str().ok().map(User::new)
    }

    #[tokio::test]
    async fn knows_the_user() {
        let app = TestApp::new(App::from_group("users").authenticate(by_header)).unwrap();
        assert_eq!(app.get("/me").await.status, 401);
        assert_eq!(app.header("x-user", "ann").get("/me").await.text().await, "ann");
    }
}

mod time {
    use comet::test::TestApp;
    use comet::{App, Page, comet};
    use serde_json::json;
    use std::time::Duration;

    #[comet(public, group = "nightly")]
    async fn nightly(page: &mut Page) {
        tokio::time::sleep(Duration::from_secs(3600)).await;
        page.text("#state", "done");
    }

    #[tokio::test(start_paused = true)]
    async fn is_done_in_the_morning() {
        let app = TestApp::new(App::from_group("nightly")).unwrap();
        let mut reply = app.call("nightly", &json!([])).await;
        assert_eq!(reply.last().await.unwrap().event, "done"); // an hour of heartbeats later
    }
}

mod leaving {
    use comet::test::TestApp;
    use comet::{App, Page, State, comet};
    use serde_json::json;
    use std::sync::Arc;

    #[comet(public, group = "leaving")]
    async fn work(job: State<Arc<()>>, page: &mut Page) -> comet::Result {
        let _held = Arc::clone(&job);
        page.text("#state", "working").flush().await?;
        std::future::pending().await
    }

    #[tokio::test]
    async fn stops_with_its_page() {
        let job = Arc::new(());
        let app = TestApp::new(App::from_group("leaving").state(Arc::clone(&job))).unwrap();
        let mut reply = app.call("work", &json!([])).await;
        reply.next().await; // hello
        reply.next().await; // the handler works
        assert_eq!(Arc::strong_count(&job), 3);
        drop(reply);
        assert_eq!(Arc::strong_count(&job), 2);
    }
}
