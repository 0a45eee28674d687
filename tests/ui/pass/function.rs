//! A handler is a plain function with a link of its own.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]

use comet::test::TestApp;
use comet::{App, Json, Link, Page, comet};

/// Adds, and shows
/// the sum.
///
/// At length.
#[comet(public)]
pub async fn add(a: u32, b: u32, page: &mut Page) -> comet::Result<Json<u32>> {
    page.text("#sum", a + b).flush().await?;
    Ok(Json(a + b))
}

#[comet("/tasks/{id}/progress?{from}", public)]
async fn progress(id: u64, from: Option<u32>) -> String {
    format!("{id} from {from:?}")
}

#[comet(route = "/", method = POST)]
async fn for_users_only() {}

#[tokio::main(flavor = "current_thread")]
async fn main() -> comet::Result {
    assert_eq!(add::url().as_str(), "/comet/call/add");
    assert_eq!(progress::url(7, None).as_str(), "/tasks/7/progress");
    assert_eq!(progress::url(&7, Some(3)).under("/app"), "/app/tasks/7/progress?from=3");
    assert_eq!(<progress as Link>::ROUTE, Some("/tasks/{id}/progress?{from}"));
    assert_eq!((<progress as Link>::NAME, <progress as Link>::METHOD), ("progress", "GET"));
    assert_eq!((<add as Link>::ROUTE, <add as Link>::METHOD), (None, "POST"));
    assert_eq!(for_users_only::url().as_str(), "/");

    let error = TestApp::new(App::from_linked()).unwrap_err().to_string();
    assert!(error.contains("`for_users_only` at ") && !error.contains("`add`"), "{error}");
    let user = |_: &http::request::Parts| None::<comet::User>;
    let app = TestApp::new(App::from_linked().authenticate(user))?;
    let done = app.call("add", &[2, 3]).await.last().await.expect("a last message");
    assert_eq!(done.data, 5);
    assert_eq!(app.get(progress::url(7, Some(3)).as_str()).await.text().await, "7 from Some(3)");
    assert_eq!(app.get("/tasks/seven/progress").await.status, 400);
    assert_eq!(add_twice(&mut 1), 2);
    Ok(())
}

fn add_twice(n: &mut u32) -> u32 {
    let _called_as_a_function = |page| add(1, 2, page);
    *n + 1
}
