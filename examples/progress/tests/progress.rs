//! The steps of the bar.
#![allow(clippy::unwrap_used)]

use comet::App;
use comet::test::TestApp;
use progress as _;
use serde_json::json;

#[tokio::test(start_paused = true)]
async fn every_row_is_a_step_and_the_last_word_comes_with_the_end() {
    let app = TestApp::new(App::from_linked()).unwrap();
    let mut reply = app.call("import", &json!([4])).await;
    assert_eq!(reply.next().await.unwrap().event, "hello");
    for (row, width) in [(1, "25.0%"), (2, "50.0%"), (3, "75.0%"), (4, "100.0%")] {
        let page = reply.next().await.unwrap();
        assert_eq!(page.data[0]["value"], width);
        assert_eq!(page.data[2]["text"], format!("{row} of 4 rows"));
    }
    let rest = reply.next().await.unwrap();
    assert_eq!(rest.data[0]["text"], "Done: 4 rows are in.");
    assert_eq!(reply.next().await.unwrap().event, "done");
    assert_eq!(reply.next().await, None);
}

#[tokio::test(start_paused = true)]
async fn nothing_to_import_is_done_at_once() {
    let app = TestApp::new(App::from_linked()).unwrap();
    let mut reply = app.call("import", &json!({"rows": 0})).await;
    assert_eq!(reply.next().await.unwrap().event, "hello");
    assert_eq!(reply.next().await.unwrap().data[0]["text"], "Done: 0 rows are in.");
}
