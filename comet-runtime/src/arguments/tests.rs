#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use http::StatusCode;
use proptest::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Arguments;

/// The one argument `n` that `body` holds, or what the caller is told.
fn one<T: DeserializeOwned>(arguments: Result<Arguments, crate::Error>) -> Result<T, String> {
    let mut arguments = arguments.map_err(|error| told(&error))?;
    let value = arguments.take("n").map_err(|error| told(&error))?;
    arguments.finish().map_err(|error| told(&error))?;
    Ok(value)
}

fn told(error: &crate::Error) -> String {
    assert_eq!(error.status(), StatusCode::BAD_REQUEST);
    error.to_string()
}

fn json<T: DeserializeOwned>(body: &str) -> Result<T, String> {
    one(Arguments::json(body.as_bytes()))
}

fn form<T: DeserializeOwned>(body: &str) -> Result<T, String> {
    one(Ok(Arguments::form(body.as_bytes())))
}

#[derive(Debug, Deserialize, PartialEq)]
struct Task {
    title: String,
    done: Option<bool>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Size {
    Small,
    Large,
}

#[test]
fn an_array_is_by_position_and_an_object_by_name() {
    for body in ["[7]", "{\"n\":7}", " \r\n\t[ 7 ]\n", "\n{ \"n\" : 7 }"] {
        assert_eq!(json(body), Ok(7_u32), "{body}");
    }
    let mut arguments = Arguments::json(br#"{"b":"x","a":[1,2]}"#).unwrap();
    assert_eq!(arguments.take::<Vec<u8>>("a").unwrap(), [1, 2]);
    assert_eq!(arguments.take::<String>("b").unwrap(), "x");
    arguments.finish().unwrap();
    let mut arguments = Arguments::json(br#"[[1,2],"x"]"#).unwrap();
    assert_eq!(arguments.take::<Vec<u8>>("a").unwrap(), [1, 2]);
    assert_eq!(arguments.take::<String>("b").unwrap(), "x");
    arguments.finish().unwrap();
}

#[test]
fn an_argument_can_be_anything_that_serde_reads() {
    let task = Task { title: "tea\n".to_owned(), done: None };
    assert_eq!(json(r#"[{"title":"tea\n"}]"#), Ok(task));
    assert_eq!(json(r#"["large"]"#), Ok(Size::Large));
    assert_eq!(json("[null]"), Ok(None::<u32>));
    assert_eq!(json("[[]]"), Ok(Vec::<u32>::new()));
    assert_eq!(json("[18446744073709551615]"), Ok(u64::MAX));
}

#[test]
fn an_optional_argument_may_be_left_out() {
    for body in ["[]", "{}", "[null]", "{\"n\":null}"] {
        assert_eq!(json(body), Ok(None::<u32>), "{body}");
    }
    assert_eq!(one(Ok(Arguments::none())), Ok(None::<u32>));
    assert_eq!(form(""), Ok(None::<u32>));
}

#[test]
fn one_that_is_missing_is_named() {
    let missing = "argument `n` is missing";
    for body in ["[]", "{}"] {
        assert_eq!(json::<u32>(body).unwrap_err(), missing, "{body}");
        assert_eq!(json::<Vec<u32>>(body).unwrap_err(), missing, "{body}");
    }
    assert_eq!(one::<u32>(Ok(Arguments::none())).unwrap_err(), missing);
    assert_eq!(form::<u32>("").unwrap_err(), missing);
    assert_eq!(form::<String>("m=1").unwrap_err(), missing);
}

#[test]
fn one_that_does_not_fit_is_named_with_the_reason() {
    let misfit = |body| json::<u8>(body).unwrap_err();
    let of = |reason| format!("argument `n` does not fit: {reason}");
    assert_eq!(misfit("[\"x\"]"), of("invalid type: string \"x\", expected u8 at line 1 column 3"));
    assert_eq!(
        misfit("{\"n\":256}"),
        of("invalid value: integer `256`, expected u8 at line 1 column 3")
    );
    assert_eq!(misfit("[-1]"), of("invalid value: integer `-1`, expected u8 at line 1 column 2"));
    assert_eq!(misfit("{\"n\":null}"), of("invalid type: null, expected u8 at line 1 column 4"));
    let unknown = json::<Size>("[\"huge\"]").unwrap_err();
    assert_eq!(
        unknown,
        of("unknown variant `huge`, expected `small` or `large` at line 1 column 6")
    );
    assert_eq!(form::<u8>("n=x"), Err(of("invalid digit found in string")));
}

#[test]
fn a_text_does_for_a_number_or_a_boolean() {
    assert_eq!(json("[\"7\"]"), Ok(7_u8));
    assert_eq!(json("{\"n\":\"-7\"}"), Ok(Some(-7_i64)));
    assert_eq!(json("{\"n\":\"0.5\"}"), Ok(0.5_f64));
    assert_eq!(json("{\"n\":[\"1\",2]}"), Ok(vec![1_u8, 2]));
    assert_eq!(json("{\"n\":\"\"}"), Ok(None::<u32>), "an empty field of a form is nothing");
    let task = Task { title: "7".to_owned(), done: Some(true) };
    assert_eq!(json("{\"n\":{\"title\":\"7\",\"done\":\"on\"}}"), Ok(task));
    for (text, value) in [("true", true), ("on", true), ("false", false)] {
        assert_eq!(json(&format!("[\"{text}\"]")), Ok(value));
        assert_eq!(form(&format!("n={text}")), Ok(value));
    }
    assert_eq!(json("[\"7\"]"), Ok("7".to_owned()), "a text stays one where a text is wanted");
    assert!(json::<u8>("[\"256\"]").is_err());
    assert!(json::<bool>("[\"yes\"]").is_err());
    assert!(json::<bool>("[\"\"]").is_err());
}

#[test]
fn too_many_by_position_are_counted_and_too_many_by_name_are_named() {
    let after = |taken: usize, body: &str| {
        let mut arguments = Arguments::json(body.as_bytes()).unwrap();
        for name in ["a", "b"].into_iter().take(taken) {
            arguments.take::<u8>(name).unwrap();
        }
        arguments.finish().map_err(|error| told(&error))
    };
    assert_eq!(after(0, "[]"), Ok(()));
    assert_eq!(after(0, "[1]"), Err("the handler takes no arguments, the call has 1".to_owned()));
    assert_eq!(after(1, "[1,2,3]"), Err("the handler takes 1 argument, the call has 3".to_owned()));
    assert_eq!(
        after(2, "[1,2,3]"),
        Err("the handler takes 2 arguments, the call has 3".to_owned())
    );
    let unknown = |name| Err(format!("the handler has no argument `{name}`"));
    assert_eq!(after(1, "{\"a\":1,\"z\":2,\"y\":3}"), unknown("y"));
    assert_eq!(after(0, "{\"a\\nb\":1}"), unknown("a\\nb"));
}

#[test]
fn a_body_that_is_no_list_of_arguments_is_refused() {
    let wanted = "arguments are a JSON array (by position) or an object (by name)";
    for body in ["7", "\"x\"", "import", "\u{feff}[]", "\0"] {
        assert_eq!(json::<u8>(body), Err(wanted.to_owned()), "{body:?}");
    }
    for body in ["[", "[1", "[1,]", "[1] [2]", "{\"n\"}", "{n:1}", "[NaN]", "['x']", "[1]x"] {
        let refused = json::<u8>(body).unwrap_err();
        assert!(refused.starts_with("the body is not JSON: "), "{body}: {refused}");
    }
    let refused = Arguments::json(b"[\"\xff\"]").map(drop).map_err(|error| told(&error));
    assert!(refused.unwrap_err().starts_with("the body is not JSON: "));
}

#[test]
fn no_depth_of_brackets_is_dangerous() {
    let deep = format!("[{}{}]", "[".repeat(30_000), "]".repeat(30_000));
    let refused = json::<serde_json::Value>(&deep).unwrap_err();
    assert!(refused.contains("recursion limit"), "{refused}");
}

#[test]
fn a_form_is_read_by_name_whatever_else_it_holds() {
    assert_eq!(form("n=7"), Ok(7_u32));
    assert_eq!(form("m=1&n=a+b%20%C3%A4%0A&o"), Ok("a b ä\n".to_owned()));
    assert_eq!(form("n=large"), Ok(Size::Large));
    assert_eq!(form("n=true"), Ok(true));
    assert_eq!(form("n=1&m=x&n=2"), Ok(vec![1_u8, 2]));
    assert_eq!(form("n=1"), Ok(vec![1_u8]));
    assert_eq!(form("n="), Ok(String::new()));
    assert_eq!(form("n="), Ok(None::<u32>), "an empty field of a form is nothing");
    assert_eq!(form("n=5"), Ok(Some(5)));
    assert!(form::<u32>("n=1&n=2").unwrap_err().starts_with("argument `n` does not fit: "));
}

/// Anything, and what is nearly JSON.
fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        any::<Vec<u8>>(),
        r#"[\[{][\[\]{}",:0-9nulmo \\-]{0,40}"#.prop_map(String::into_bytes)
    ]
}

proptest! {
    #[test]
    fn whatever_comes_is_read_or_refused(body in body()) {
        for mut given in Arguments::json(&body).into_iter().chain([Arguments::form(&body)]) {
            let list = given.take::<Vec<Option<String>>>("n");
            let number = given.take::<u64>("m");
            for refused in [list.err(), number.err(), given.finish().err()].iter().flatten() {
                prop_assert!(told(refused).starts_with("argument `") || told(refused).starts_with("the handler "));
            }
        }
    }

    #[test]
    fn what_was_given_is_what_is_taken(text: String, number: i64, list: Vec<u8>) {
        let body = serde_json::json!([text, number, list]).to_string();
        let by_name = serde_json::json!({"c": list, "a": text, "b": number}).to_string();
        for body in [body, by_name] {
            let mut given = Arguments::json(body.as_bytes()).unwrap();
            prop_assert_eq!(given.take::<String>("a").unwrap(), text.as_str());
            prop_assert_eq!(given.take::<i64>("b").unwrap(), number);
            prop_assert_eq!(given.take::<Vec<u8>>("c").unwrap(), list.as_slice());
            given.finish().unwrap();
        }
    }
}

#[test]
fn what_a_route_would_say_is_read_as_its_texts() {
    let mut arguments = Arguments::json(br#"["a b",7,true,null,["x",1],{}]"#).unwrap();
    let mut next = || arguments.take_texts("n");
    assert_eq!(next().unwrap(), ["a b"]);
    assert_eq!(next().unwrap(), ["7"]);
    assert_eq!(next().unwrap(), ["true"]);
    assert!(next().unwrap().is_empty());
    assert_eq!(next().unwrap(), ["x", "1"]);
    assert_eq!(
        told(&next().unwrap_err()),
        "argument `n` does not fit: it stands in the route, so it is a text, a number or a boolean"
    );
    let mut form = Arguments::form(b"n=1&m=2&n=3");
    assert_eq!(form.take_texts("n").unwrap(), ["1", "3"]);
}

#[test]
fn nothing_and_null_are_no_arguments() {
    for body in ["", " \n", "null", " null "] {
        Arguments::json(body.as_bytes()).unwrap().finish().unwrap();
    }
    assert!(Arguments::json(b"nul").is_err());
}
