use http::{Request, StatusCode, header};

use super::{Tested, endpoint, field, plan, text};
use crate::auth::{SharedAuthenticator, User};
use crate::config::Config;
use crate::error::Error;
use crate::registry::{Access, Endpoint};

/// One handler for everybody and one for users, and an authenticator that knows `x-user`.
fn app() -> Tested {
    let mut plan = plan([
        Endpoint { routes: &["/open"], names: &["open"], ..endpoint(1) },
        Endpoint { routes: &["/closed"], names: &["closed"], access: Access::User, ..endpoint(2) },
    ]);
    plan.authenticator = Some(SharedAuthenticator::new(Known));
    Tested::with(plan, Config::default())
}

/// An authenticator that takes the user from a header.
pub(super) struct Known;

impl crate::Authenticator for Known {
    async fn authenticate(&self, parts: &http::request::Parts) -> Result<Option<User>, Error> {
        match parts.headers.get("x-user").map(|user| user.to_str().unwrap()) {
            Some("bad") => Err(Error::new(StatusCode::UNAUTHORIZED, "that token is wrong")),
            user => Ok(user.map(User::new)),
        }
    }
}

async fn status(app: &Tested, request: http::request::Builder) -> u16 {
    app.send(request, "").await.status().as_u16()
}

#[tokio::test]
async fn only_users_get_where_only_users_may() {
    let app = app();
    for (path, user, wanted) in [
        ("/open", None, 204),
        ("/open", Some("ann"), 204),
        ("/open", Some("bad"), 401),
        ("/closed", None, 401),
        ("/closed", Some("ann"), 204),
        ("/closed", Some("bad"), 401),
    ] {
        let mut request = Request::get(path);
        if let Some(user) = user {
            request = request.header("x-user", user);
        }
        assert_eq!(status(&app, request).await, wanted, "{path} as {user:?}");
    }
    let refused = app.get("/closed").await;
    assert_eq!(field(&refused, "content-type"), "application/problem+json");
    assert!(text(refused).await.contains(r#""detail":"this needs a signed-in user""#));
}

#[tokio::test]
async fn another_site_may_not_call_what_changes_anything_or_knows_a_user() {
    let app = app();
    let from = |builder: http::request::Builder, origin| builder.header(header::ORIGIN, origin);
    let ann = |path| Request::get(path).header("x-user", "ann");
    for origin in
        ["https://evil.example", "null", "http://localhost.evil.example", "http://localhost:81"]
    {
        assert_eq!(
            status(&app, from(Request::post("/comet/call/open"), origin)).await,
            403,
            "{origin}"
        );
        assert_eq!(status(&app, from(ann("/closed"), origin)).await, 403, "{origin}");
        assert_eq!(status(&app, from(Request::get("/open"), origin)).await, 204, "{origin}");
    }
    let own = "http://localhost";
    assert_eq!(status(&app, from(Request::post("/comet/call/open"), own)).await, 204);
    assert_eq!(status(&app, from(ann("/closed"), own)).await, 204);
}

#[tokio::test]
async fn a_name_that_is_not_ours_is_not_answered() {
    let app = app();
    let request = Request::get("/open").header(header::HOST, "rebound.example");
    let request = request.body(axum_core::body::Body::empty()).unwrap();
    let Ok(refused) = tower_service::Service::call(&mut app.service.clone(), request).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_token_is_asked_for_where_the_app_says_so() {
    let mut plan = plan([Endpoint { routes: &["/open"], names: &["open"], ..endpoint(1) }]);
    plan.csrf = true;
    let app = Tested::with(plan, Config::default());
    assert_eq!(status(&app, Request::get("/open")).await, 204, "reading needs none");
    assert_eq!(status(&app, Request::post("/comet/call/open")).await, 403);
    let issued = app.get("/comet/csrf").await;
    let cookie = field(&issued, "set-cookie").split(';').next().unwrap().to_owned();
    let body: serde_json::Value = serde_json::from_str(&text(issued).await).unwrap();
    let token = body["token"].as_str().unwrap();
    let call = || Request::post("/comet/call/open").header("x-comet-csrf", token);
    assert_eq!(status(&app, call()).await, 403, "the token alone is not enough");
    assert_eq!(status(&app, call().header(header::COOKIE, cookie)).await, 204);
}
