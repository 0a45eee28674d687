use proptest::prelude::*;

use super::parsers::{Event, sse as events};

/// Any bytes, and bytes near to what is read.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400),
        "[a-z0-9/.~%,;:=*\"\\[\\]{}\\\\ \r\n\0-]{0,120}".prop_map(String::into_bytes),
        "(rooms/)?([a-z%0-9.]{1,8}/?){1,4}".prop_map(String::into_bytes),
        "([0-7][0-9a-hjkmnp-tv-z]{25}[.][0-9]{1,20}[~.]?){1,3}".prop_map(String::into_bytes),
        "((text|application|multipart|[*])/([*]|json|event-stream)(;q=[01.]{1,4})?,?){1,4}"
            .prop_map(String::into_bytes),
        r#"\[?([{]"channel":"(a|rooms/7)","data":(1|"x"|[{][}])[}],?){1,3}\]?"#
            .prop_map(String::into_bytes),
        prop::collection::vec(frame(), 1..6).prop_map(|frames| frames.concat()),
    ]
}

/// A client's frame, or nearly one (RFC 6455, section 5.2).
fn frame() -> impl Strategy<Value = Vec<u8>> {
    let first = prop::sample::select(vec![0x01_u8, 0x81, 0x00, 0x80, 0x82, 0x88, 0x89, 0x8a, 0xc1]);
    let payload = prop_oneof![
        "[a-z\u{e9}]{0,100}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..125),
        Just(1000_u16.to_be_bytes().to_vec()),
        Just(vec![b'x'; 700]),
    ];
    (first, any::<[u8; 4]>(), payload, 0..20_u8).prop_map(|(first, mask, payload, flaw)| {
        let length = match payload.len() {
            short @ ..126 => vec![0x80 | short as u8],
            long => [&[0x80 | 126][..], &(long as u16).to_be_bytes()].concat(),
        };
        let masked = payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask);
        let mut bytes = [vec![first], length, mask.to_vec(), masked.collect()].concat();
        // Now and then a frame whose length is wrong, so that what follows is no frame.
        bytes[1] ^= u8::from(flaw == 0);
        bytes
    })
}

/// A property of any bytes, by the name that its fuzz target has.
macro_rules! hold {
    ($($test:ident: $property:ident;)*) => {
        proptest! {
            $(#[test]
            fn $test(data in bytes()) {
                super::$property(&data);
            })*
        }

        /// The properties that are tested.
        const PROPERTIES: &[&str] = &[$(stringify!($property)),*];
    };
}

hold! {
    t1_one_event_in_is_one_event_out_of_an_event_stream: sse;
    t1_no_event_name_can_end_a_field: event_name;
    t2_one_event_in_is_one_line_out: ndjson;
    t2_one_event_in_is_one_part_out: multipart;
    t2_one_image_in_is_one_part_out: image;
    t2_one_value_in_is_one_call_out: jsonp;
    t5_one_event_in_is_one_element_out_of_a_frame: frame;
    t3_what_is_read_as_a_position_is_one: cursor;
    t3_no_id_is_an_error: last_event_id;
    t4_a_callback_is_one_identifier: callback;
    t10_a_channel_is_found_by_its_name_only: channel_name;
    any_batch_is_taken_whole_or_refused: publish;
    any_accept_chooses_what_it_names: accept;
    a_websocket_is_read_alike_however_it_is_cut: websocket;
}

/// Each property has its fuzz target, and each target a property.
#[test]
fn every_property_is_fuzzed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/fuzz_targets");
    let mut targets: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    targets.sort();
    // Of the macros, which are no part of this crate.
    targets.retain(|target| target != "macros");
    let mut properties = PROPERTIES.to_vec();
    properties.sort_unstable();
    assert_eq!(targets, properties);
}

#[test]
fn the_event_stream_parser_reads_the_examples_of_the_standard() {
    let event = |id: &str, event: &str, data: &str| Event {
        id: id.to_owned(),
        event: event.to_owned(),
        data: data.to_owned(),
    };
    assert_eq!(
        events(b"data: YHOO\ndata: +2\ndata: 10\n\n"),
        [event("", "message", "YHOO\n+2\n10")]
    );
    assert_eq!(
        events(b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n"),
        [event("1", "message", "first event"), event("", "message", "second event")]
    );
    assert_eq!(
        events(b"data\n\ndata\ndata\n\ndata:"),
        [event("", "message", ""), event("", "message", "\n")]
    );
    assert_eq!(
        events(b"\xef\xbb\xbfevent: a\r\ndata: 1\r\rdata: 2\n\n"),
        [event("", "a", "1"), event("", "message", "2")]
    );
    assert_eq!(events(b"id: 1\0\ndata: x\n\n"), [event("", "message", "x")]);
}
