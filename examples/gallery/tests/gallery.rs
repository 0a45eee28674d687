//! Everything that is linked is served, and every page is whole.
#![allow(clippy::unwrap_used)]

use comet::test::TestApp;
use gallery::LESSONS;

async fn app() -> TestApp {
    TestApp::new(whole().await).unwrap()
}

async fn whole() -> comet::App {
    let todos = todos::Todos::open(":memory:").await.unwrap();
    let messages = messenger::Database::open(":memory:", 2).await.unwrap();
    gallery::app(todos, messages)
}

#[tokio::test]
async fn everything_that_is_linked_goes_together() -> Result<(), comet::StartError> {
    comet::verify()?;
    whole().await.verify()
}

#[tokio::test]
async fn the_index_links_every_example_and_each_page_shows_its_source() {
    let app = app().await;
    let index = app.get("/").await.text().await;
    for lesson in LESSONS {
        let link = format!(r#"href="{}""#, lesson.path.trim_start_matches('/'));
        assert!(index.contains(&link), "{link}");
        let mut page = app.get(lesson.path).await;
        assert_eq!(page.status, 200, "{}", lesson.path);
        let page = page.text().await;
        assert!(page.contains(&format!("<h1>{}</h1>", lesson.title)));
        assert!(page.contains(r#"<span class="attribute">#[comet</span>"#), "{}", lesson.path);
    }
}

#[tokio::test]
async fn what_the_pages_load_is_there_with_its_type() {
    let app = app().await;
    let files = [
        ("/layout.css", "text/css"),
        ("/layout.svg", "image/svg+xml"),
        ("/comet/comet.js", "text/javascript"),
        ("/ticker.js", "text/javascript"),
        ("/comet/polling.js", "text/javascript"),
    ];
    for (path, kind) in files {
        let reply = app.get(path).await;
        let found = reply.headers["content-type"].to_str().unwrap().to_owned();
        assert!(reply.status == 200 && found.starts_with(kind), "{path}: {} {found}", reply.status);
    }
}
