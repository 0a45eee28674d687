use proptest::prelude::*;

use crate::log::{At, Cursor, Epoch, InvalidCursor};

/// 26 digits of base 32, which hold 128 bits when the first is below 8.
fn epoch() -> impl Strategy<Value = String> {
    "[0-7][0-9a-hj-km-np-tv-z]{25}".prop_filter("u is no digit", |text| !text.contains('u'))
}

proptest! {
    #[test]
    fn every_position_has_one_text(epoch in epoch(), offset: u64) {
        let text = format!("{epoch}.{offset}");
        let cursor: Cursor = text.parse().unwrap();
        prop_assert_eq!(cursor.to_string(), text);
        prop_assert!(matches!(cursor.at(), At::Entry(_, read) if read == offset));
    }

    #[test]
    fn a_random_epoch_comes_back(offset: u64) {
        let cursor = Cursor::after(Epoch::random(), offset);
        let text = cursor.to_string();
        prop_assert_eq!(text.parse(), Ok(cursor));
        prop_assert!(text.len() <= 64, "{} bytes", text.len());
        let legal = |b: u8| b.is_ascii_alphanumeric() || b"._~-".contains(&b);
        prop_assert!(text.bytes().all(legal), "{text}");
    }

    #[test]
    fn what_is_read_at_all_is_the_one_text(text in "\\PC{0,80}") {
        if let Ok(cursor) = text.parse::<Cursor>() {
            prop_assert_eq!(cursor.to_string(), text);
        }
    }

    #[test]
    fn what_nearly_is_a_cursor_is_read_only_if_it_is_one(
        text in "[0-9a-zA-Z+. -]{25,27}[.,]?[+-]?[0-9]{0,22}"
    ) {
        if let Ok(cursor) = text.parse::<Cursor>() {
            prop_assert_eq!(cursor.to_string(), text);
        }
    }
}

#[test]
fn the_end_has_a_cursor_of_its_own() {
    assert_eq!("done".parse(), Ok(Cursor::DONE));
    assert_eq!(Cursor::DONE.to_string(), "done");
}

#[test]
fn other_texts_are_none() {
    let epoch = "4fzzzxjykrx1kjq7bnt0xq3m2c";
    assert!(format!("{epoch}.7").parse::<Cursor>().is_ok());
    for text in [
        "",
        ".",
        "7",
        "DONE",
        "done.1",
        &epoch[1..],
        epoch,
        &format!("{epoch}."),
        &format!("{epoch}.+7"),
        &format!("{epoch}.-7"),
        &format!("{epoch}.07"),
        &format!("{epoch}.7 "),
        &format!(" {epoch}.7"),
        &format!("{epoch}.7.7"),
        &format!("{epoch}.18446744073709551616"),
        &format!("{}.7", epoch.to_uppercase()),
        // `i`, `l`, `o` and `u` are no digits, and 26 digits can be more than 128 bits.
        &format!("{}.7", epoch.replace('4', "i")),
        &format!("8{}.7", &epoch[1..]),
        &format!("{epoch}.\u{661}"),
    ] {
        assert_eq!(text.parse::<Cursor>(), Err(InvalidCursor), "`{text}`");
    }
}

#[test]
fn a_secret_epoch_is_not_shown() {
    let cursor = Cursor::after(Epoch::random(), 7);
    let shown = format!("{cursor:?}");
    let epoch = cursor.to_string();
    assert!(!shown.contains(epoch.split_once('.').unwrap().0), "{shown}");
}
