//! Publishing from the same machine without a secret.

use http::{Request, StatusCode, header};
use serde_json::Value;

use super::rooms::rooms;
use super::{Tested, endpoint, plan, text};
use crate::auth::PeerAddr;
use crate::config::{Config, Publishers};
use crate::registry::Access;

const EVENT: &str = r#"{"channel":"rooms/a","data":1}"#;
const SECRET: &str = "0123456789abcdef";

fn app(group: &'static str, config: Config) -> Tested {
    let mut plan = plan([endpoint(1)]);
    plan.channels.push(rooms(group, Access::Public));
    Tested::with(plan, Config { hosts: vec!["app.example".parse().unwrap()], ..config })
}

fn open() -> Config {
    Config { publish: Publishers::Loopback, ..Config::default() }
}

/// What a peer at that address gets for an event with these header fields, and what it is told.
async fn answer(app: &Tested, peer: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let mut request =
        Request::post("/comet/publish").header(header::CONTENT_TYPE, "application/json");
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    if let Ok(peer) = peer.parse() {
        request = request.extension(PeerAddr(peer));
    }
    let reply = app.send(request, EVENT).await;
    let status = reply.status();
    let problem = serde_json::from_str::<Value>(&text(reply).await).unwrap();
    (status, problem["detail"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn programs_of_this_machine_need_no_secret_where_the_operator_says_so() {
    let open = app("near-open", open());
    for peer in ["127.0.0.1:5", "127.8.9.1:5", "[::1]:5", "[::ffff:127.0.0.1]:5"] {
        assert_eq!(answer(&open, peer, &[]).await.0, StatusCode::OK, "{peer}");
    }
    let closed = app("near-closed", Config::default());
    assert_eq!(answer(&closed, "127.0.0.1:5", &[]).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn others_find_nothing() {
    let app = app("near-others", open());
    for peer in ["192.0.2.7:5", "[2001:db8::1]:5", "unknown"] {
        assert_eq!(answer(&app, peer, &[]).await.0, StatusCode::NOT_FOUND, "{peer}");
    }
}

#[tokio::test]
async fn what_a_proxy_has_passed_on_is_refused() {
    let app = app("near-proxy", open());
    for name in [
        "forwarded",
        "via",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-forwarded-server",
        "x-real-ip",
        "x-client-ip",
        "cf-connecting-ip",
    ] {
        let (status, why) = answer(&app, "127.0.0.1:5", &[(name, "")]).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{name}");
        assert!(why.contains("a proxy has passed this on") && why.contains(name), "{why}");
        assert!(why.contains("publish_secret"), "{why}");
    }
}

#[tokio::test]
async fn what_a_browser_sends_is_refused() {
    let app = app("near-browser", open());
    for field in [
        ("origin", "http://localhost"),
        ("sec-fetch-site", "none"),
        ("referer", "http://localhost/"),
    ] {
        let (status, why) = answer(&app, "127.0.0.1:5", &[field]).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{field:?}");
        assert!(why.contains("this comes from a browser"), "{why}");
    }
}

#[tokio::test]
async fn a_name_that_is_not_this_machines_own_is_refused() {
    let app = app("near-name", open());
    let mut request = Request::post("http://app.example/comet/publish");
    request = request.version(http::Version::HTTP_2).extension(near());
    let request = request.header(header::CONTENT_TYPE, "application/json");
    let reply = app.send_as("app.example", request, EVENT).await;
    assert_eq!(reply.status(), StatusCode::FORBIDDEN);
    assert!(text(reply).await.contains("`app.example`"));
}

fn near() -> PeerAddr {
    PeerAddr("127.0.0.1:5".parse().unwrap())
}

#[tokio::test]
async fn a_secret_is_good_from_everywhere_and_a_wrong_one_from_nowhere() {
    let secret = Some(SECRET.parse().unwrap());
    let both = app("near-secret", Config { publish_secret: secret, ..open() });
    let right = format!("Bearer {SECRET}");
    let (right, wrong) = (("authorization", right.as_str()), ("authorization", "Bearer another"));
    let proxied = ("x-forwarded-for", "192.0.2.7");
    for (peer, fields, wanted) in [
        ("127.0.0.1:5", &[right, proxied][..], 200),
        ("192.0.2.7:5", &[right], 200),
        ("127.0.0.1:5", &[], 200),
        ("127.0.0.1:5", &[wrong], 401),
        ("192.0.2.7:5", &[wrong], 401),
        ("192.0.2.7:5", &[], 401),
    ] {
        assert_eq!(answer(&both, peer, fields).await.0.as_u16(), wanted, "{peer} {fields:?}");
    }
    let without = app("near-without", open());
    let (status, why) = answer(&without, "127.0.0.1:5", &[right]).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(why.contains("there is no `publish_secret`"), "{why}");
}
