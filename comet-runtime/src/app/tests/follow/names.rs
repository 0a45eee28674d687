//! T10: whatever text comes as a channel's name, it is one channel of the app or a refusal, and never anything else.

use http::Request;
use proptest::prelude::*;
use serde_json::Value;

use super::super::{Tested, text};
use super::channels;
use crate::channel::tests::{declaration, leak};

fn app(group: &'static str) -> Tested {
    let patterns = ["todos/{list}", "rooms/{house}/{room}", "clicks"];
    channels(patterns.map(|pattern| leak(declaration(group, pattern))))
}

/// What following a channel of that name is answered with, and what the channel is then called.
async fn follow(app: &Tested, name: &str) -> (u16, Option<String>) {
    let name = form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>();
    let path = format!("/comet/events?transport=ndjson&channel={name}");
    let response = app.send(Request::get(path), "").await;
    let status = response.status().as_u16();
    if status != 200 {
        let problem: Value = serde_json::from_str(&text(response).await).unwrap();
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.len() < 2_000 && !detail.contains(char::is_control), "{detail:?}");
        return (status, None);
    }
    let mut response = response;
    let hello = super::super::piece(&mut response).await.unwrap();
    let hello: Value = serde_json::from_str(hello.lines().next().unwrap()).unwrap();
    (status, Some(hello["data"]["channels"][0].as_str().unwrap().to_owned()))
}

/// A name in the grammar of normal forms.
fn is_normal(name: &str) -> bool {
    let plain =
        |b: u8| b.is_ascii_graphic() && !matches!(b, b'"' | b'\\' | b'<' | b'>' | b'?' | b'#');
    let whole = |segment: &str| !matches!(segment, "" | "." | "..");
    name.len() <= 200 && name.bytes().all(plain) && name.split('/').all(whole)
}

proptest! {
    #[test]
    fn t10_any_text_is_a_channel_or_a_refusal(
        name in prop_oneof![any::<String>(), "(todos|rooms)/[a-z./%\\\\~ü\u{0}-\u{20}]{0,12}", "[a-z/]{0,20}"],
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let app = app("names");
            let (status, called) = follow(&app, &name).await;
            assert!(matches!(status, 200 | 400 | 404), "{name:?}: {status}");
            if let Some(called) = called {
                assert!(is_normal(&called), "{name:?} became {called:?}");
                let again = follow(&app, &called).await;
                assert_eq!(again, (200, Some(called)), "a normal form is its own");
            }
        });
    }
}

#[tokio::test]
async fn t10_the_ends_of_what_a_name_can_be() {
    let app = app("names-ends");
    let long = |length: usize| format!("todos/{}", "x".repeat(length - "todos/".len()));
    for (name, wanted) in [
        (String::new(), 400),
        ("\0".to_owned(), 400),
        ("..".to_owned(), 400),
        ("todos/%00".to_owned(), 400),
        ("todos/..%2f..%2fetc%2fpasswd".to_owned(), 200),
        ("todos/*".to_owned(), 200),
        ("*".to_owned(), 404),
        ("todos/{list}".to_owned(), 200),
        (long(199), 200),
        (long(200), 200),
        (long(201), 400),
        (long(64 * 1024 - 100), 400),
    ] {
        assert_eq!(follow(&app, &name).await.0, wanted, "{:.80}", name.escape_debug());
    }
}
