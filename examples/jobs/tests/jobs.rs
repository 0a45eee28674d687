//! The life of a job.
#![allow(clippy::unwrap_used)]

use comet::App;
use comet::test::TestApp;
use jobs::Jobs;
use jobs::shoutbox::Shoutbox;
use serde_json::{Value, json};

fn app() -> TestApp {
    TestApp::new(App::from_linked().with(Jobs::default()).state(Shoutbox::default())).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_job_is_drawn_to_its_end() {
    let mut reply = app().call("jobs_start", &json!(["thesis.tex"])).await;
    let mut pages = Vec::new();
    while let Some(message) = reply.next().await {
        pages.extend(message.data.as_array().cloned().unwrap_or_default());
    }
    assert_eq!(pages[1]["text"], "1: thesis.tex");
    assert_eq!(pages.last().unwrap()["text"], "100 %");
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_job_is_answered_at_its_end_though_its_page_has_gone() {
    let app = app();
    let mut page = app.call("jobs_start", &json!(["thesis.tex"])).await;
    page.next().await.unwrap();
    page.next().await.unwrap();
    drop(page);
    let outcome: Value = app.get("/jobs/1/done").await.json().await.unwrap();
    assert_eq!(outcome, json!({"file": "thesis.tex", "pages": 10}));
    let again: Value = app.get("/jobs/1/done").await.json().await.unwrap();
    assert_eq!(again, outcome);
}

#[tokio::test]
async fn a_job_that_nobody_started_is_named_in_the_refusal() {
    let mut reply = app().get(Jobs::done_url(77).to_string()).await;
    assert_eq!(reply.status, 404);
    assert_eq!(reply.json::<Value>().await.unwrap()["detail"], "there is no job 77");
}

#[tokio::test]
async fn what_is_skipped_or_private_cannot_be_called() {
    for name in ["jobs_count", "jobs_queue", "row"] {
        assert_eq!(app().call(name, &json!([])).await.status, 404, "{name}");
    }
}
