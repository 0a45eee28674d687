use http::StatusCode;
use http::request::Parts;

use super::head;
use crate::auth::{Authenticator, SharedAuthenticator, User};
use crate::error::Error;

struct Tokens;

impl Authenticator for Tokens {
    async fn authenticate(&self, parts: &Parts) -> Result<Option<User>, Error> {
        tokio::task::yield_now().await;
        match parts.headers.get("token").map(http::HeaderValue::as_bytes) {
            Some(b"ann's") => Ok(Some(User::new("ann"))),
            Some(_) => Err(Error::new(StatusCode::UNAUTHORIZED, "unknown token")),
            None => Ok(None),
        }
    }
}

async fn id(authenticator: &SharedAuthenticator, headers: &[(&str, &str)]) -> Option<String> {
    let user = authenticator.authenticate(&head("GET", "/", headers)).await.unwrap();
    user.map(|user| user.id().to_owned())
}

#[tokio::test]
async fn a_type_that_waits_and_a_closure_are_authenticators() {
    let tokens = SharedAuthenticator::new(Tokens);
    assert_eq!(id(&tokens, &[("token", "ann's")]).await.as_deref(), Some("ann"));
    assert_eq!(id(&tokens, &[]).await, None);
    let refused = tokens.authenticate(&head("GET", "/", &[("token", "x")])).await.unwrap_err();
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);

    let closure = |parts: &Parts| parts.headers.contains_key("admin").then(|| User::new("root"));
    let closure = SharedAuthenticator::new(closure);
    assert_eq!(id(&closure, &[("admin", "")]).await.as_deref(), Some("root"));
    assert_eq!(id(&closure, &[]).await, None);
}

#[test]
fn a_user_shows_its_id_alone() {
    let user = User::new("ann").with("a secret").with(7_u8).with(8_u8);
    assert_eq!(user.get::<u8>(), Some(&8));
    assert_eq!(user.get::<&str>(), Some(&"a secret"));
    assert_eq!(format!("{user:?}"), "User { id: \"ann\", .. }");
}

#[test]
fn adding_to_a_clone_leaves_the_user_as_it_was() {
    let user = User::new("ann").with(1_u8);
    let clone = user.clone().with(2_u8);
    assert_eq!((user.get(), clone.get()), (Some(&1_u8), Some(&2_u8)));
}
