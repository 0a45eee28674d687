use http::request::Parts;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use proptest::prelude::*;

use super::framing::json_value;
use crate::error::Error;
use crate::transport::Callback;

fn request(query: &str) -> Parts {
    Request::get(format!("/?{query}")).body(()).unwrap().into_parts().0
}

fn asked(name: &str) -> Result<Option<Callback>, Error> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let query = query.append_pair("transport", "jsonp").append_pair("callback", name).finish();
    Callback::asked(&request(&query))
}

async fn script(response: axum_core::response::Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[test]
fn t4_a_callback_is_one_identifier() {
    for name in ["f", "_", "$", "jQuery1_2", "_comet_7", &"x".repeat(64)] {
        assert!(asked(name).unwrap().is_some(), "{name}");
    }
    let long = "x".repeat(65);
    for name in [
        "",
        "7",
        "a.b",
        "a[0]",
        "a b",
        "a()",
        "alert(1)//",
        "a;b",
        "a\n",
        "a\u{2028}",
        "\u{e9}",
        "CWSx\0",
        "<a",
        "a-b",
        &long,
    ] {
        let refused = asked(name).unwrap_err();
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{name}");
        assert!(refused.to_string().contains("`callback`"), "{refused}");
    }
    assert!(Callback::asked(&request("transport=jsonp")).is_err());
    assert_eq!(Callback::asked(&request("transport=sse&callback=f")).unwrap(), None);
    assert_eq!(Callback::asked(&request("callback=f")).unwrap(), None);
}

proptest! {
    #[test]
    fn t4_whatever_is_taken_is_an_identifier(name in any::<String>()) {
        if asked(&name).is_ok() {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
            prop_assert!(name.len() <= 64 && name.chars().all(plain));
            prop_assert!(!name.starts_with(|c: char| c.is_ascii_digit()) && !name.is_empty());
        }
    }

    #[test]
    fn t2_one_value_in_is_one_call_out(value in json_value()) {
        crate::fuzzing::framing::same_out_of_jsonp(&value);
    }
}

#[tokio::test]
async fn t4_a_reply_is_a_script_and_nothing_else() {
    let response = asked("f").unwrap().unwrap().call(b"[]");
    assert_eq!(response.status(), StatusCode::OK);
    for (name, value) in [
        ("content-type", "text/javascript; charset=utf-8"),
        ("content-disposition", "attachment; filename=f.txt"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store, no-transform"),
        ("cross-origin-resource-policy", "cross-origin"),
    ] {
        assert_eq!(response.headers()[name], value);
    }
    assert_eq!(script(response).await, "/**/f([]);");
}

#[tokio::test]
async fn an_error_is_an_argument_with_status_200() {
    let error = Error::new(StatusCode::NOT_FOUND, "there is no channel `</script>`");
    let response = asked("f").unwrap().unwrap().fail(&error);
    assert_eq!(response.status(), StatusCode::OK);
    let script = script(response).await;
    assert!(script.starts_with(r#"/**/f({"error":{"type":"about:blank","title":"Not Found","#));
    assert!(script.contains(r"\u003c/script\u003e") && script.ends_with("}});"), "{script}");
}
