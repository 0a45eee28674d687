use super::{declaration, leak};
use crate::channel::Directory;
use crate::error::Error;

fn directory() -> Directory {
    let mut directory = Directory::default();
    for pattern in ["todos/{list}", "todos/all", "clicks", "rooms/{house}/{room}"] {
        assert!(directory.add(leak(declaration("directory", pattern))).unwrap().is_none());
    }
    directory
}

fn refused(name: &str) -> (u16, String) {
    let error: Error = directory().find(name).unwrap_err();
    (error.status().as_u16(), error.to_string())
}

#[test]
fn a_name_finds_its_pattern_and_its_values() {
    let directory = directory();
    let found = |name: &str| {
        let named = directory.find(name).unwrap();
        (named.declaration.pattern, named.name, named.values)
    };
    let value = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(found("clicks"), ("clicks", "clicks".into(), vec![]));
    assert_eq!(found("todos/7"), ("todos/{list}", "todos/7".into(), vec![value("list", "7")]));
    assert_eq!(found("todos/all"), ("todos/all", "todos/all".into(), vec![]));
    let values = vec![value("house", "a b"), value("room", "ü/\"")];
    assert_eq!(
        found("rooms/a b/ü%2f\""),
        ("rooms/{house}/{room}", "rooms/a%20b/%C3%BC%2F%22".into(), values)
    );
}

#[test]
fn every_way_to_write_a_name_is_one_channel() {
    let directory = directory();
    let forms =
        ["todos/a-ü", "todos/a-%C3%BC", "todos/a-%c3%bc", "todos/%61%2D%C3%BC", "%74odos/a-ü"];
    for form in forms {
        assert_eq!(directory.find(form).unwrap().name, "todos/a-%C3%BC", "{form}");
    }
}

#[test]
fn no_channel_is_called_as_a_message_of_the_stream_is() {
    let mut directory = Directory::default();
    let open = leak(declaration("directory", "{any}"));
    assert!(directory.add(open).unwrap().is_none());
    for name in ["hello", "page", "beat", "gap", "closed", "done", "error", "bye", "open", "g%61p"]
    {
        let error = directory.find(name).unwrap_err();
        assert_eq!(error.status(), 400, "{name}");
        assert!(error.to_string().contains("calls a message by that name itself"), "{error}");
    }
    assert!(directory.add(leak(declaration("directory", "gap"))).is_err());
    for name in ["message", "gaps", "Gap"] {
        assert_eq!(directory.find(name).unwrap().name, name);
    }
}

#[test]
fn a_name_that_no_channel_can_have_is_refused() {
    let long = format!("todos/{}", "7".repeat(200));
    for name in [
        "",
        "/",
        "/clicks",
        "clicks/",
        "todos//7",
        ".",
        "..",
        "../etc/passwd",
        "todos/..",
        "todos/.",
        "todos/../clicks",
        "todos/%2e%2E",
        "todos/%2e",
        "todos/7\n",
        "todos/7\0",
        "todos/7%0a",
        "todos/%00",
        "todos/7\u{7f}",
        "todos/7\u{85}",
        "todos/%c2%85",
        "todos/%ff",
        &long,
    ] {
        let (status, message) = refused(name);
        assert_eq!(status, 400, "{name:?}: {message}");
        assert!(!message.contains(['\n', '\0']) && message.len() < 1000, "{message}");
    }
    assert!(refused(&long).1.contains("at most 200 bytes"));
}

#[test]
fn a_name_that_nobody_declares_is_unknown_and_named() {
    for name in ["todo/7", "todos", "todos/7/8", "Clicks", "todos%2F7"] {
        let (status, message) = refused(name);
        assert_eq!(status, 404, "{name}: {message}");
        assert!(message.contains(&format!("`{name}`")), "{message}");
    }
}

#[test]
fn equal_patterns_are_told_with_the_one_that_is_there() {
    let mut directory = directory();
    let again = leak(declaration("directory", "todos/{other}"));
    assert_eq!(directory.add(again).unwrap().unwrap().pattern, "todos/{list}");
    assert!(directory.add(leak(declaration("directory", "a//b"))).is_err());
}

proptest::proptest! {
    #[test]
    fn no_name_panics_and_a_name_that_is_found_is_safe(name in "(todos/|clicks|rooms/)?.{0,80}") {
        if let Ok(named) = directory().find(&name) {
            assert!(named.name.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"\\<>".contains(&byte)));
            assert_eq!(directory().find(&named.name).unwrap().name, named.name, "found by its own name");
        }
    }
}
