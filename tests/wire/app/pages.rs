//! Handlers that write to a page.

use comet::{Error, Page, StatusCode, comet};

use crate::Guard;

/// Counts, and leaves the last command to be sent at the end.
#[comet(public)]
async fn count(n: u32, page: &mut Page) -> comet::Result {
    for i in 1..=n {
        page.text("#n", i).flush().await?;
    }
    page.text("#n", "<done>");
    Ok(())
}

/// Says one thing and stays.
#[comet(public)]
async fn stay(page: &mut Page) {
    let _guard = Guard("stay");
    if page.text("#n", "here").flush().await.is_ok() {
        std::future::pending::<()>().await;
    }
}

#[comet(public)]
async fn refuse(page: &mut Page) -> comet::Result {
    page.clear();
    Err(Error::new(StatusCode::CONFLICT, "it is \"taken\""))
}

#[comet(public)]
async fn panic_before(page: &mut Page) {
    page.clear();
    panic!("before anything was said");
}

#[comet(public)]
async fn panic_after(page: &mut Page) -> comet::Result {
    let _guard = Guard("panic_after");
    page.text("#n", 1).flush().await?;
    panic!("after something was said");
}
