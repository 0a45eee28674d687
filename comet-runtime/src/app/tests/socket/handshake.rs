//! Who gets a WebSocket, and what the others are told.

use http::{Request, header};

use super::super::follow::two;
use super::super::{field, text};
use super::{Peer, refusal};

#[tokio::test(start_paused = true)]
async fn a_request_that_is_none_is_told_what_is_wrong() {
    let (app, ..) = two("handshake-wrong");
    let many: Vec<_> = (0..65).map(|n| format!("channel={n}")).collect();
    for (query, name, value, status, detail) in [
        ("", "sec-websocket-version", "8", 426, "the version of WebSocket is 13"),
        ("", "sec-websocket-key", "short", 400, "`Sec-WebSocket-Key` is one field with 16 bytes"),
        ("", "connection", "keep-alive", 400, "`Upgrade` needs `Connection: Upgrade`"),
        ("", "sec-websocket-protocol", "comet.v2, mqtt", 400, "is `comet.v1`; offer that, or none"),
        (&many.join("&"), "x-none", "", 400, "a stream has at most 64 channels, not 65"),
        ("history=x", "x-none", "", 400, "`history` is a number"),
    ] {
        let (told, headers, body) = refusal(&app, query, &[(name, value)]).await;
        assert_eq!(told, status, "{name}: {value}: {body}");
        assert!(body.contains(detail), "{body}");
        assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json");
        if status == 426 {
            assert_eq!(headers[header::UPGRADE], "websocket");
            assert_eq!(headers[header::SEC_WEBSOCKET_VERSION], "13");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_protocol_is_named_to_who_offers_it() {
    let (app, ..) = two("handshake-protocol");
    // The client checks that what it offered is what it gets.
    let offered = [("sec-websocket-protocol", "mqtt, comet.v1")];
    Peer::asking(&app, "channel=a", &offered).await.unwrap().hello().await;
    Peer::open(&app, "channel=a").await.hello().await;
}

#[tokio::test(start_paused = true)]
async fn the_transport_without_an_upgrade_wants_one() {
    let (app, ..) = two("handshake-unasked");
    let response = app.get("/comet/events?transport=websocket&channel=a").await;
    assert_eq!((response.status().as_u16(), field(&response, "upgrade")), (426, "websocket"));
    assert!(text(response).await.contains("opened at comet/events, by an HTTP/1.1 request"));
}

#[tokio::test(start_paused = true)]
async fn who_has_no_connection_to_give_says_so() {
    let (app, ..) = two("handshake-nothing");
    let ask = || {
        Request::get("/comet/events?channel=a")
            .header("connection", "keep-alive, Upgrade")
            .header("upgrade", "WebSocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
    };
    let response = app.send(ask(), "").await;
    assert_eq!(response.status(), 501);
    assert!(text(response).await.contains("does not hand this connection over"));
    assert_eq!(app.send(ask().version(http::Version::HTTP_2), "").await.status(), 426);
    assert_eq!(app.send(ask().method("POST"), "").await.status(), 405);
}

#[tokio::test(start_paused = true)]
async fn a_page_of_another_site_gets_none_whatever_it_wants_to_follow() {
    let (app, ..) = two("handshake-origin");
    for (origin, wanted) in [
        ("http://localhost", true),
        ("http://LOCALHOST:80", true),
        ("https://localhost", true),
        ("http://localhost:8080", false),
        ("http://evil.example", false),
        ("http://localhost.evil.example", false),
        ("http://evil-localhost", false),
        ("null", false),
        ("", false),
    ] {
        for query in ["channel=a", ""] {
            let opened = Peer::asking(&app, query, &[("origin", origin)]).await;
            assert_eq!(
                opened.as_ref().map_err(|(status, ..)| *status).err(),
                (!wanted).then_some(403),
                "{origin}"
            );
        }
    }
    let (status, ..) = refusal(&app, "channel=a", &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(status, 403);
}
