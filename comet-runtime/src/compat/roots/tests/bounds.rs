//! How many sessions and paths there may be.

use std::time::Duration;

use http::StatusCode;
use tokio::time::advance;

use super::{Server, said};

#[tokio::test(start_paused = true)]
async fn r_14_a_new_session_takes_the_place_of_one_that_follows_nothing() {
    let server = Server::with("roots-most", |roots| roots.max_sessions(3));
    let mut pages = [server.following(&["a"]).await, server.page(), server.page()];
    pages[1].ask().await;
    advance(Duration::from_secs(1)).await;
    pages[2].ask().await;
    let mut fourth = server.following(&["a"]).await;
    assert_eq!(server.firenze.0.count(), 3);
    // The oldest of the idle ones had to go, so its client begins anew, in the place of the other.
    let ids = pages.each_ref().map(|page| page.id().to_owned());
    pages[1].ask().await;
    assert_ne!(pages[1].id(), ids[1]);
    server.firenze.connect(pages[1].id(), ["rooms/a"]).await.unwrap();
    // Now each follows something.
    assert_eq!(server.page().send().await.status(), StatusCode::SERVICE_UNAVAILABLE);
    server.publish("a", "1");
    for page in [&mut pages[0], &mut fourth] {
        assert_eq!(page.ask().await, [said("a", "1")]);
    }
}

#[tokio::test(start_paused = true)]
async fn r_14_a_session_follows_64_paths() {
    let server = Server::new("roots-paths");
    let mut page = server.page();
    page.ask().await;
    let paths = (0..65).map(|n| format!("rooms/{n}"));
    let refused = server.firenze.connect(page.id(), paths).await.unwrap_err();
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.ask().await.len(), 64);
    server.firenze.disconnect(page.id(), ["rooms/0"]);
    server.firenze.connect(page.id(), ["rooms/64"]).await.unwrap();
}
