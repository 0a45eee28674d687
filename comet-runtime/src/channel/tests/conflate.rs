use bytes::Bytes;

use super::{declaration, follow, leak, next};
use crate::channel::conflate::key_in;
use crate::channel::{Declaration, Directory, From, Slow, hub, key};
use crate::log::EventName;

const QUOTES: Slow = Slow::Conflate { by: "id", variants: &["Saved", "PartlyGone"] };

fn quotes(group: &'static str) -> &'static Declaration {
    leak(Declaration { slow: QUOTES, ..declaration(group, "quotes/{market}") })
}

fn key_of(json: &str) -> Option<String> {
    let key = key_in(&Declaration { slow: QUOTES, ..declaration("", "a") }, json.as_bytes())?;
    Some(String::from_utf8(key.to_vec()).unwrap())
}

#[test]
fn the_key_of_json_is_that_of_the_typed_event() {
    assert_eq!(key_of(r#"{ "a": {"id": 2}, "id" : "x" }"#).unwrap(), r#""x""#);
    assert_eq!(key_of(r#"{"id": [1, {"a" : null}]}"#).unwrap(), r#"[1,{"a":null}]"#);
    assert_eq!(key(&"x").unwrap(), key_of(r#"{"id":"x"}"#).unwrap().into_bytes());
    assert_eq!(key_of(r#"{"id":"\u00e9"}"#), key_of(r#"{"id":"é"}"#));
}

#[test]
fn a_variant_has_its_name_around_the_field() {
    for name in ["PartlyGone", "partly_gone", "partly-gone", "partlyGone", "PARTLY_GONE"] {
        assert_eq!(key_of(&format!(r#"{{"{name}":{{"id":7}}}}"#)).unwrap(), "7");
    }
}

#[test]
fn what_has_no_key_is_never_superseded() {
    for json in [
        "7",
        "null",
        "[]",
        "{}",
        r#"{"ID":1}"#,
        r#"{"Moved":{"id":7}}"#,
        r#"{"Saved":7}"#,
        r#"{"Saved":{"a":1}}"#,
        r#"{"Saved":{"id":1},"more":1}"#,
        "not JSON",
    ] {
        assert_eq!(key_of(json), None, "{json}");
    }
    assert!(key_in(&declaration("", "a"), br#"{"id":1}"#).is_none());
}

#[test]
fn what_comes_from_outside_is_conflated_as_well() {
    let mut directory = Directory::default();
    let quotes = quotes("conflate-outside");
    directory.add(quotes).unwrap();
    let named = directory.find("quotes/x").unwrap();
    let node = hub().node("quotes/x", quotes);
    let mut reader = follow([(&node, From::Now)]);
    for json in [r#"{"id":1,"p":1}"#, "0", r#"{"id":2,"p":2}"#, r#"{"id":1,"p":3}"#] {
        hub().append(&named, &EventName::MESSAGE, &Bytes::from_static(json.as_bytes()));
    }
    assert_eq!(next(&mut reader).unwrap(), r#"0: 0 {"id":2,"p":2} {"id":1,"p":3}"#);
    assert_eq!(next(&mut reader), None);
    let mut before = follow([(&node, From::After(2))]);
    assert_eq!(next(&mut before).unwrap(), r#"0: {"id":2,"p":2} {"id":1,"p":3}"#);
}

#[test]
fn a_gap_is_told_of_what_nothing_has_superseded_only() {
    let mut directory = Directory::default();
    directory.add(quotes("conflate-gap")).unwrap();
    let named = directory.find("quotes/x").unwrap();
    let publish = |json: String| hub().append(&named, &EventName::MESSAGE, &Bytes::from(json));
    let node = hub().node("quotes/x", named.declaration);
    let mut reader = follow([(&node, From::Now)]);
    for n in 0..100 {
        publish(format!(r#"{{"id":{},"n":{n}}}"#, n % 2));
    }
    assert_eq!(next(&mut reader).unwrap(), r#"0: {"id":0,"n":98} {"id":1,"n":99}"#);
    publish("\"rare\"".to_owned());
    for n in 0..8 {
        publish(format!(r#"{{"id":0,"n":{n}}}"#));
    }
    assert_eq!(next(&mut reader).unwrap(), "0: gap 101..102 trimmed");
    assert_eq!(next(&mut reader).unwrap(), r#"0: {"id":0,"n":7}"#);
}
