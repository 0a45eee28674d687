//! Requests that ask for what there is not.

use super::super::{Tested, field, text};
use super::{channels, two};
use crate::channel::tests::{declaration, leak};

async fn refused(app: &Tested, query: &str) -> (u16, String) {
    let response = app.lines(&format!("/comet/events{query}"), None).await;
    let status = response.status().as_u16();
    assert_eq!(field(&response, "content-type"), "application/problem+json", "{query}");
    (status, text(response).await)
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_is_named() {
    let (app, ..) = two("refusals-named");
    for (query, wanted, says) in [
        ("", 400, "name the channels to follow"),
        ("?cursor=x", 400, "name the channels to follow"),
        ("?channel=", 400, "no channel name"),
        ("?channel=a&channel=../a", 400, "`../a` is no channel name"),
        ("?channel=a%0Ab", 400, "control characters"),
        ("?channel=a%00", 400, "control characters"),
        ("?channel=a&channel=nobody", 404, "there is no channel `nobody`"),
        ("?channel=a&history=many", 400, "`history` is a number, not `many`"),
        ("?channel=a&history=-1", 400, "`history` is a number, not `-1`"),
        ("?channel=a&timeout=1e9", 400, "`timeout` is a number, not `1e9`"),
        ("?channel=a&transport=smoke", 400, "unknown transport `smoke`"),
    ] {
        let (status, problem) = refused(&app, query).await;
        assert_eq!(status, wanted, "{query}: {problem}");
        assert!(problem.contains(says), "{query}: {problem}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_has_at_most_64_channels() {
    let app = channels([leak(declaration("refusals-many", "n/{x}"))]);
    let names = |count: usize| (0..count).map(|n| format!("&channel=n/{n}")).collect::<String>();
    let most = app.lines(&format!("/comet/events?{}", names(64)), None).await;
    assert_eq!(most.status(), 200);
    let (status, problem) = refused(&app, &format!("?{}", names(65))).await;
    assert_eq!(status, 400);
    assert!(problem.contains("at most 64 channels, not 65"), "{problem}");
    let same = app.lines(&format!("/comet/events?{}", "&channel=n/1".repeat(65)), None).await;
    assert_eq!(same.status(), 200, "a name said often is one channel");
}

#[tokio::test(start_paused = true)]
async fn a_frame_is_refused_in_a_frame() {
    let (app, ..) = two("refusals-frame");
    let response = app.get("/comet/events?transport=frame&channel=nobody").await;
    assert_eq!(response.status(), 200, "a frame cannot read a status");
    let body = text(response).await;
    assert!(body.contains(r#""event":"error""#) && body.contains("404"), "{body}");
}
