use proptest::prelude::*;

use crate::log::EventName;

#[test]
fn names_that_can_break_no_framing_are_taken() {
    for name in ["a", "quote", "Todo.saved", "x-1_y", "message", &"n".repeat(64)] {
        assert_eq!(EventName::new(name.to_owned()).unwrap().as_str(), name);
    }
}

#[test]
fn others_are_refused_with_the_reason() {
    let refused = |name: &str| EventName::new(name.to_owned()).unwrap_err().to_string();
    assert_eq!(refused(""), "`` cannot be an event name: it is empty");
    assert!(refused(&"n".repeat(65)).ends_with("it has more than 64 characters"));
    let line = "only letters, digits, `_`, `.` and `-` are allowed";
    for name in ["a b", "a\nb", "a\rb", "a\0", "a:b", "ä", "a<b", "\u{2028}"] {
        assert!(refused(name).ends_with(line), "{}", refused(name));
    }
    for name in ["hello", "page", "beat", "gap", "closed", "done", "error", "bye", "open"] {
        let own =
            format!("`{name}` cannot be an event name: Comet or the browser uses that name itself");
        assert_eq!(refused(name), own);
    }
    assert!(refused("a\nb").starts_with("`a\\nb`"), "a line break does not reach the log");
}

proptest! {
    #[test]
    fn what_is_taken_is_plain(name in any::<String>()) {
        if let Ok(taken) = EventName::new(name.clone()) {
            prop_assert_eq!(taken.as_str(), &name);
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"_.-".contains(&b);
            prop_assert!(name.bytes().all(plain) && (1..=64).contains(&name.len()));
        }
    }
}
