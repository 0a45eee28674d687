//! A handler is a plain function with a link of its own.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unused, missing_debug_implementations, unreachable_pub)]

use comet::{Page, comet};

/// Adds.
#[comet(public)]
pub async fn add(a: u32, b: u32, page: &mut Page) -> comet::Result {
    page.text("#sum", a + b).flush().await?;
    Ok(())
}

/// Shows a task.
///
/// At length.
#[comet("/tasks/{id}/progress?{from}", public)]
async fn progress(id: u64, from: Option<u32>, page: &mut Page) {
    page.text("#task", id).text("#from", from.unwrap_or(0));
}

fn main() {
    assert_eq!(add::url().as_str(), "/comet/call/add");
    assert_eq!(progress::url(7, None).as_str(), "/tasks/7/progress");
    assert_eq!(progress::url(7, Some(3)).as_str(), "/tasks/7/progress?from=3");
    assert_eq!(<progress as comet::Link>::ROUTE, Some("/tasks/{id}/progress?{from}"));
    let _future = |page| add(1, 2, page);
}
