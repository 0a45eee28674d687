//! What is told of an upload.
#![allow(clippy::unwrap_used)]

use comet::App;
use comet::test::{Reply, TestApp};
use http::Request;
use layout::Slug;
use upload::Progress;

async fn upload(app: &TestApp, bytes: usize) -> Reply {
    app.send(Request::post(format!("/uploads/ours?size={bytes}")).body(vec![0; bytes].into())).await
}

#[tokio::test]
async fn a_14_what_has_arrived_is_told_on_a_channel_and_to_whoever_sent_it() {
    let app = TestApp::new(App::from_linked()).unwrap();
    let mut progress = Progress::channel(Slug::fixed("ours")).subscribe();
    let mut reply = upload(&app, 200_000).await;
    assert_eq!(
        reply.json::<u64>().await,
        Some(200_000),
        "more than the app lets other handlers take"
    );
    let last = serde_json::to_value(progress.next().await.unwrap().value().unwrap()).unwrap();
    assert_eq!((&last["received"], &last["size"]), (&200_000.into(), &200_000.into()));
}
