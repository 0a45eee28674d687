use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE};
use http_body_util::BodyExt;

use super::head;
use crate::auth::{Scheme, csrf};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const OTHER: &str = "00000000000000000000000000000000";

struct Issued {
    token: String,
    cookie: String,
}

async fn issue(cookies: &[&str], mount: &str, scheme: Option<Scheme>) -> Issued {
    let cookies: Vec<_> = cookies.iter().map(|cookie| ("cookie", *cookie)).collect();
    let mut parts = head("GET", "/comet/csrf", &cookies);
    scheme.map(|scheme| parts.extensions.insert(scheme));
    let reply = csrf::issue(&parts, mount).unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers()[CONTENT_TYPE], "application/json");
    assert_eq!(reply.headers()[CACHE_CONTROL], "no-store");
    let cookie = reply.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    let body = reply.into_body().collect().await.unwrap().to_bytes();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    Issued { token: body["token"].as_str().unwrap().to_owned(), cookie }
}

fn verify(headers: &[(&str, &str)]) -> Result<(), String> {
    let checked = csrf::verify(&head("POST", "/comet/call/x", headers));
    checked.map_err(|error| {
        assert_eq!(error.status(), StatusCode::FORBIDDEN);
        error.to_string()
    })
}

#[tokio::test]
async fn a_new_browser_gets_a_token_and_the_cookie_for_it() {
    let issued = issue(&[], "/app", None).await;
    assert_eq!(issued.token.len(), 32);
    let cookie = format!("comet-csrf={}; Path=/app; HttpOnly; SameSite=Strict", issued.token);
    assert_eq!(issued.cookie, cookie);
    assert_ne!(issued.token, issue(&[], "/app", None).await.token);

    let sent = format!("theme=dark; comet-csrf={}", issued.token);
    assert_eq!(verify(&[("cookie", &sent), ("x-comet-csrf", &issued.token)]), Ok(()));
}

#[tokio::test]
async fn the_cookie_is_secure_where_the_browser_is() {
    assert!(issue(&[], "/", Some(Scheme::Https)).await.cookie.ends_with("; Secure"));
    assert!(!issue(&[], "/", Some(Scheme::Http)).await.cookie.contains("Secure"));
}

#[tokio::test]
async fn a_browser_keeps_its_token_if_it_is_one() {
    let kept = issue(&["a=b", &format!("x=y; comet-csrf={TOKEN}")], "/", None).await;
    assert_eq!(kept.token, TOKEN);
    for foreign in ["", "short", &TOKEN.to_uppercase(), &format!("{TOKEN}0"), "\"'><script>"] {
        let issued = issue(&[&format!("comet-csrf={foreign}")], "/", None).await;
        assert_ne!(issued.token, foreign);
        assert_eq!(issued.token.len(), 32);
    }
}

#[test]
fn header_and_cookie_must_hold_the_same_token() {
    let cookie = ("cookie", &*format!("comet-csrf={TOKEN}"));
    assert_eq!(verify(&[cookie, ("x-comet-csrf", TOKEN)]), Ok(()));
    assert!(verify(&[cookie]).unwrap_err().contains("no X-Comet-Csrf header"));
    for wrong in [OTHER, "", &TOKEN[..31], &format!("{TOKEN}0")] {
        let error = verify(&[cookie, ("x-comet-csrf", wrong)]).unwrap_err();
        assert!(error.contains("does not hold this browser's token"), "{wrong}: {error}");
    }
    assert!(verify(&[("x-comet-csrf", TOKEN)]).is_err());
    assert!(verify(&[("cookie", "comet-csrf="), ("x-comet-csrf", "")]).is_err());
    let named_else = ("cookie", &*format!("comet-csrf2={TOKEN}"));
    assert!(verify(&[named_else, ("x-comet-csrf", TOKEN)]).is_err());
}

#[test]
fn of_several_cookies_one_must_fit() {
    let cookies = format!("comet-csrf={OTHER}; comet-csrf={TOKEN}");
    assert_eq!(verify(&[("cookie", &cookies), ("x-comet-csrf", TOKEN)]), Ok(()));
    assert!(verify(&[("cookie", &cookies), ("x-comet-csrf", &TOKEN.replace('0', "1"))]).is_err());
}
