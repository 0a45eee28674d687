use super::{AJAX, FORM, FRAME, Server, ajax, calling, framed, post, scripts, status};

const BEFORE: &str = r##"{"selector":"#log","html":"before","setType":"replace","type":"html"}"##;
const AFTER: &str = r##"{"selector":"#log","html":"after","setType":"append","type":"html"}"##;

fn one(command: &str) -> String {
    format!("[{command}]")
}

fn alert(text: &str) -> String {
    format!(r#"{{"alert":"{text}","type":"alert"}}"#)
}

#[test]
fn s_09_before_comes_first_and_after_last_whatever_was_called() {
    let server = Server::start();
    for (function, args, main) in [
        ("say", r#"["x"]"#, alert("x")),
        ("nobody", "[]", alert("no nobody")),
        ("say", "[]", alert("wrong: argument `message` is missing")),
        (
            "say",
            "[1,2]",
            alert(
                "wrong: argument `message` does not fit: invalid type: integer `1`, expected a string at line 1 column 1",
            ),
        ),
        ("say", r#"["a","b"]"#, alert("wrong: the handler takes 1 argument, the call has 2")),
        ("say", r#"{"a":1}"#, alert("wrong: `sijax_args` is no JSON array")),
    ] {
        assert_eq!(
            ajax(&server, "/sijax/events", function, args),
            format!("[{BEFORE},{main},{AFTER}]"),
            "{function} {args}"
        );
        // As scripts of their own, since none of these functions flushes.
        assert_eq!(
            framed(&server, "/sijax/events", function, args),
            scripts(&[&one(BEFORE), &one(&main), &one(AFTER)]),
            "{function} {args}"
        );
    }
    assert_eq!(ajax(&server, "/sijax/events", "still", "[]"), format!("[{BEFORE},{AFTER}]"));
    assert_eq!(
        framed(&server, "/sijax/events", "still", "[]"),
        scripts(&[&one(BEFORE), &one(AFTER)])
    );
}

/// The bytes of Sijax 0.3.2 on Python 3.6.
#[test]
fn s_09_what_is_left_after_the_last_flush_comes_together_with_after() {
    let server = Server::start();
    let row = |n: u8, percent: u8| {
        format!(
            r##"[{{"selector":"#bar","key":"width","value":"{percent}%","type":"css"}},{{"selector":"#status","html":"{n} of 2","setType":"replace","type":"html"}}]"##
        )
    };
    let done = r##"{"selector":"#status","html":"<i>done</i>","setType":"replace","type":"html"}"##;
    let wanted = [one(BEFORE), row(1, 50), row(2, 100), format!("[{done},{AFTER}]")];
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    assert_eq!(framed(&server, "/sijax/events", "import_rows", "[2]"), scripts(&wanted));
    // Nothing is left of a function that flushes everything.
    assert_eq!(
        framed(&server, "/sijax/events", "empty", "[]"),
        scripts(&[&one(BEFORE), &one(&alert("late")), &one(AFTER)])
    );
}

#[test]
fn s_09_events_may_flush() {
    let server = Server::start();
    let (first, second, x) = (one(&alert("1")), one(&alert("2")), one(&alert("x")));
    assert_eq!(
        framed(&server, "/sijax/streaming", "say", r#"["x"]"#),
        scripts(&[&first, &second, &x, &first, &second])
    );
    assert_eq!(
        ajax(&server, "/sijax/streaming", "still", "[]"),
        format!("[{0},{1},{0},{1}]", alert("1"), alert("2"))
    );
}

#[test]
fn s_09_an_event_that_fails_ends_the_call() {
    let server = Server::start();
    let call = calling("say", r#"["x"]"#);
    for head in [AJAX, FRAME] {
        let answer = server.answer(&post("/sijax/refusing", head, FORM, &call));
        assert_eq!(status(&answer), 403, "{answer}");
        assert!(answer.contains("not today") && !answer.contains("\"x\""), "{answer}");
    }
}

#[test]
fn s_09_events_of_ones_own_are_fired_by_functions() {
    let server = Server::start();
    let (before, saved, last) = (alert("before"), alert("saved"), alert("true false None"));
    assert_eq!(
        ajax(&server, "/sijax/events", "save", "[]"),
        format!("[{BEFORE},{before},{saved},{},{AFTER}]", last.replace("None", "Some([])"))
    );
    // At a page without that event.
    assert_eq!(
        ajax(&server, "/sijax", "save", "nonsense"),
        format!("[{before},{}]", last.replace("true", "false"))
    );
}
