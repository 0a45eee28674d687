//! The same events, whichever way they come.
#![allow(clippy::unwrap_used)]

use comet::App;
use comet::test::TestApp;
use serde_json::json;
use transports::Pulse;

#[tokio::test]
async fn every_transport_carries_every_pulse_once_and_in_order() {
    let app = TestApp::new(App::from_linked()).unwrap();
    for sent in 1..=3 {
        assert_eq!(app.call("pulse", &json!(["test", sent])).await.status, 204);
    }
    let mut replies = Vec::new();
    for transport in ["sse", "ndjson", "multipart", "frame", "longpoll", "jsonp&callback=f"] {
        let url = format!("/comet/events?channel=pulses&history=3&transport={transport}");
        replies.push((transport, app.get(url).await));
    }
    Pulse::channel().close(); // so that the streams end
    for (transport, mut reply) in replies {
        assert_eq!(reply.status, 200, "{transport}");
        let text = reply.text().await;
        let sent = text.split("\"sent\":").skip(1).map(|rest| rest.split('}').next().unwrap());
        assert_eq!(sent.collect::<Vec<_>>(), ["1.0", "2.0", "3.0"], "{transport}: {text}");
    }
}

#[tokio::test]
async fn a_pulse_needs_the_name_of_its_page() {
    let app = TestApp::new(App::from_linked()).unwrap();
    let mut refused = app.call("pulse", &json!(["A page", 1])).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text().await.contains("`page`"));
}
