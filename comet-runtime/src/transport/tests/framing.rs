use bytes::Bytes;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fuzzing::framing;
use crate::log::{Cursor, Draft, Entry, EventName};
use crate::transport::{Message, Transport};

/// Any JSON there is, with the characters that end lines, elements and streams.
pub(super) fn json_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        any::<String>(),
        "[\r\n\0<>&\u{2028}\u{2029}\u{feff}: ]{0,12}",
        Just("</c-f><script>alert(1)</script><!--".to_owned()),
        Just("\n\nid: done\nevent: done\ndata: null\n\n".to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(text.clone(), inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

fn event_name() -> impl Strategy<Value = EventName> {
    "[A-Za-z0-9_.-]{1,64}".prop_filter_map("reserved", |name| EventName::new(name).ok())
}

fn entries() -> impl Strategy<Value = Vec<(EventName, Value, bool)>> {
    prop::collection::vec((event_name(), json_value(), any::<bool>()), 0..6)
}

proptest! {
    #[test]
    fn t1_one_entry_in_is_one_event_out_of_an_event_stream(entries in entries()) {
        framing::same_out_of_sse(&entries);
    }

    #[test]
    fn t2_one_entry_in_is_one_line_out(entries in entries()) {
        framing::same_out_of_ndjson(&entries);
    }

    #[test]
    fn t2_one_entry_in_is_one_part_out(entries in entries()) {
        framing::same_out_of_multipart(&entries);
    }

    #[test]
    fn t5_one_entry_in_is_one_element_out_of_a_frame(entries in entries()) {
        framing::same_out_of_frame(&entries);
    }
}

#[test]
fn a_frame_holds_no_character_that_ends_its_text() {
    let payload = Bytes::from(r#"["<!--<script>&amp;</c-f>"," "," "]"#.as_bytes());
    let payload = [payload, Bytes::from("[\"\u{2028}\u{2029}\u{2027}\"]")].concat();
    let entry = Entry::new(Cursor::DONE, Draft::new(EventName::MESSAGE, Bytes::from(payload)));
    let bytes = Transport::Frame.shared(&entry, Message::of);
    assert_eq!(
        std::str::from_utf8(&bytes).unwrap(),
        concat!(
            r#"<c-f>{"id":"done","event":"message","data":["\u003c!--\u003cscript\u003e\u0026amp;\u003c/c-f\u003e"," "," "]"#,
            "[\"\\u2028\\u2029\u{2027}\"]}</c-f>\n"
        )
    );
}
