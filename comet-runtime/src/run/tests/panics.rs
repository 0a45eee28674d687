use std::future::pending;

use http::StatusCode;

use super::{next, rest, run, send};

const HIDDEN: &str = r#"error {"type":"about:blank","title":"Internal Server Error","status":500,"detail":"the handler failed; the log has the cause"}"#;

#[tokio::test]
async fn a_panic_before_anything_is_written_is_a_500_that_keeps_its_secret() {
    let mut run = run(|_| async { panic!("the password is {}", 1234) });
    let error = run.begin().await.unwrap().unwrap_err();
    assert!(!run.has_written());
    assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(error.to_string(), "the handler failed; the log has the cause");
    assert_eq!(format!("{error:?}"), "the handler panicked: the password is 1234");
}

#[tokio::test]
async fn a_panic_after_entries_is_the_last_of_them() {
    let mut run = run(|flow| async move {
        send(&flow, "1").await?;
        panic!("as asked for")
    });
    assert_eq!(rest(&mut run).await, ["message 1", HIDDEN]);
    assert_eq!(next(&mut run).await, None);
}

#[tokio::test]
async fn a_panic_with_any_value_is_caught() {
    let mut run = run(|_| async { std::panic::panic_any(7_u8) });
    assert_eq!(rest(&mut run).await, [HIDDEN]);
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("in a destructor")
    }
}

#[tokio::test]
async fn a_panic_in_a_destructor_ends_at_the_handler() {
    let mut left = run(|_| async {
        let _bomb = Bomb;
        pending().await
    });
    assert!(super::look(&mut left).is_pending());
    drop(left);
    let mut ended = run(|_| async {
        let _bomb = Bomb;
        super::nothing()
    });
    assert_eq!(rest(&mut ended).await, [HIDDEN]);
}

#[tokio::test]
async fn collecting_survives_a_panic() {
    let run = run(|flow| async move {
        send(&flow, "1").await?;
        panic!("as asked for")
    });
    let error = run.collect(1000).await.unwrap_err();
    assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
}
