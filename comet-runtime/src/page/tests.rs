//! The exact bytes of every command.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::Page;
use super::queue::Queue;
use crate::flow::Flow;
use crate::html::Html;
use crate::log::{Limits, Log};

fn page() -> Page {
    let log = Log::new(Limits { entries: 1, bytes: 1024, age: None });
    Page { queue: Queue::default(), flow: Flow::new(log, 1) }
}

/// What a flush would send after `queue` has run.
fn sent(queue: impl FnOnce(&mut Page) -> &mut Page) -> String {
    let mut page = page();
    queue(&mut page);
    let bytes = page.queue.take().unwrap().expect("nothing is queued");
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What a flush would fail with, which is logged and not sent.
fn refused(queue: impl FnOnce(&mut Page) -> &mut Page) -> String {
    let mut page = page();
    queue(&mut page);
    format!("{:?}", page.queue.take().unwrap_err())
}

struct Unserialisable;

impl Serialize for Unserialisable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("it is locked"))
    }
}

#[test]
fn writes_sijax_commands_as_sijax_does() {
    type Case = (fn(&mut Page) -> &mut Page, &'static str);
    let bold = || Html::trusted("<b>1</b>");
    let cases: [Case; 10] = [
        (|page| page.alert("hi"), r#"[{"alert":"hi","type":"alert"}]"#),
        (|page| page.remove("#a"), r##"[{"remove":"#a","type":"remove"}]"##),
        (|page| page.script("f()"), r#"[{"script":"f()","type":"script"}]"#),
        (|page| page.call("f", &(1, "x")), r#"[{"call":"f","params":[1,"x"],"type":"call"}]"#),
        (|page| page.call("f", &()), r#"[{"call":"f","params":[],"type":"call"}]"#),
        (
            |page| page.css("#a", "width", 7),
            r##"[{"selector":"#a","key":"width","value":"7","type":"css"}]"##,
        ),
        (
            |page| page.attr("#a", "title", "t"),
            r##"[{"selector":"#a","key":"title","value":"t","setType":"replace","type":"attr"}]"##,
        ),
        (
            |page| page.attr_append("#a", "title", "t"),
            r##"[{"selector":"#a","key":"title","value":"t","setType":"append","type":"attr"}]"##,
        ),
        (
            |page| page.attr_prepend("#a", "title", "t"),
            r##"[{"selector":"#a","key":"title","value":"t","setType":"prepend","type":"attr"}]"##,
        ),
        (
            |page| page.custom("glow", &BTreeMap::from([("color", "red")])),
            r#"[{"color":"red","type":"glow"}]"#,
        ),
    ];
    for (queue, expected) in cases {
        assert_eq!(sent(queue), expected);
    }
    for (set_type, json) in [
        ("replace", sent(|page| page.html("#a", bold()))),
        ("append", sent(|page| page.html_append("#a", bold()))),
        ("prepend", sent(|page| page.html_prepend("#a", bold()))),
        ("morph", sent(|page| page.html_morph("#a", bold()))),
    ] {
        let expected = format!(
            r##"[{{"selector":"#a","html":"<b>1</b>","setType":"{set_type}","type":"html"}}]"##
        );
        assert_eq!(json, expected);
    }
}

#[test]
fn writes_the_commands_that_sijax_has_not() {
    let json = sent(|page| {
        page.text("p", 1)
            .replace("p", Html::escape("<"))
            .before("p", Html::default())
            .after("p", Html::default())
            .add_class("p", "a b")
            .remove_class("p", "a")
            .toggle_class("p", "b")
            .value("input", "v")
            .focus("input")
            .dispatch("p", "moved", &[1])
            .redirect("/there?a=1&b=2")
    });
    let commands = [
        r#"{"selector":"p","text":"1","type":"text"}"#,
        r#"{"selector":"p","html":"&lt;","type":"replace"}"#,
        r#"{"selector":"p","html":"","type":"before"}"#,
        r#"{"selector":"p","html":"","type":"after"}"#,
        r#"{"selector":"p","class":"a b","type":"add_class"}"#,
        r#"{"selector":"p","class":"a","type":"remove_class"}"#,
        r#"{"selector":"p","class":"b","type":"toggle_class"}"#,
        r#"{"selector":"input","value":"v","type":"value"}"#,
        r#"{"selector":"input","type":"focus"}"#,
        r#"{"selector":"p","event":"moved","detail":[1],"type":"dispatch"}"#,
        r#"{"redirect":"/there?a=1&b=2","type":"redirect"}"#,
    ];
    assert_eq!(json, format!("[{}]", commands.join(",")));
}

#[test]
fn keeps_text_as_it_is() {
    let json = sent(|page| page.text("#ü", "</script> \"é\" 🌍 \u{2028}\r\n\0"));
    assert_eq!(
        json,
        "[{\"selector\":\"#ü\",\"text\":\"</script> \\\"é\\\" 🌍 \u{2028}\\r\\n\\u0000\",\"type\":\"text\"}]"
    );
}

#[test]
fn keeps_the_kind_of_a_value() {
    let value = |json: String| {
        json.split(r#""value":"#).nth(1).unwrap().split(",\"set").next().unwrap().to_owned()
    };
    assert_eq!(value(sent(|page| page.attr("#a", "checked", false))), "false");
    assert_eq!(value(sent(|page| page.attr("#a", "max", 2.5))), "2.5");
    assert_eq!(value(sent(|page| page.attr("#a", "max", f64::NAN))), "null");
    assert_eq!(value(sent(|page| page.attr("#a", "title", None::<&str>))), "null");
    assert_eq!(value(sent(|page| page.attr("#a", "title", '"'))), r#""\"""#);
}

#[test]
fn stays_on_one_line() {
    let spaced = serde_json::value::RawValue::from_string("{\n \"a\": [1,\r\n2]}".into()).unwrap();
    let json = sent(|page| page.dispatch("p", "e", &spaced).custom("glow", &spaced));
    assert!(!json.contains(['\n', '\r']), "{json:?}");
    let commands: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(commands[0]["detail"], serde_json::json!({"a": [1, 2]}));
    assert_eq!(commands[1], serde_json::json!({"a": [1, 2], "type": "glow"}));
}

#[test]
fn custom_commands_are_objects_of_their_own_type() {
    assert_eq!(sent(|page| page.custom("a\"b", &())), r#"[{"type":"a\"b"}]"#);
    assert_eq!(
        sent(|page| page.custom("glow", &BTreeMap::<u8, u8>::new())),
        r#"[{"type":"glow"}]"#
    );
    let built_in = refused(|page| page.custom("html", &()));
    assert!(built_in.contains("page.custom(\"html\", …): this type is built in"), "{built_in}");
    let no_object = refused(|page| page.custom("glow", &[1]));
    assert!(no_object.contains("the parameters are no object"), "{no_object}");
    let doubled = refused(|page| page.custom("glow", &BTreeMap::from([("type", "html")])));
    assert!(doubled.contains("a parameter cannot be called `type`"), "{doubled}");
}

#[test]
fn tells_the_first_unusable_argument_when_it_is_flushed() {
    let mut page = page();
    page.text("#a", 1).call("show", &Unserialisable).call("show", &7).text("#b", 2);
    let error = format!("{:?}", page.queue.take().unwrap_err());
    assert!(
        error.contains("page.call(\"show\", …): the value has no JSON form: it is locked"),
        "{error}"
    );
    assert!(page.queue.take().unwrap().is_none());
    let no_list = refused(|page| page.call("show", &7));
    assert!(no_list.contains("give a slice or a tuple, `(value,)` for one"), "{no_list}");
}

#[test]
fn has_nothing_to_send_until_something_is_queued() {
    let mut page = page();
    assert!(page.queue.take().unwrap().is_none());
    page.alert("a").dispatch("p", "e", &Unserialisable).clear();
    assert!(page.queue.take().unwrap().is_none());
    page.alert("b");
    assert!(page.queue.take().unwrap().is_some());
    assert!(page.queue.take().unwrap().is_none());
}
