use super::{Running, comet, cursor, out, run, says, server, server_at};

/// Follows from the beginning.
fn following(server: &super::Server, arguments: &[&str]) -> Running {
    Running::start(comet(server).args([&["tail", "--history", "9"], arguments].concat()))
}

#[test]
fn an_event_is_seen_as_it_is_published() {
    let server = server();
    let tail = following(&server, &["notes/a", "notes/b"]);
    for (channel, data) in [("notes/a", "1"), ("notes/b", "\"two\\u001b[2J\""), ("notes/a", "3")] {
        out(&server, &["publish", channel, data]);
        assert_eq!(tail.line(), format!("{channel} message {data}"));
    }
}

#[test]
fn the_cursor_that_is_named_goes_on_exactly_there() {
    let server = server();
    out(&server, &["publish", "notes/a", "--batch", "[1, 2, 3, 4, 5]"]);
    let first = run(&server, &["tail", "notes/a", "--history", "9", "-n", "2"]);
    assert_eq!(
        (first.out.as_str(), first.code),
        ("notes/a message 1\nnotes/a message 2\n", Some(0))
    );
    let second = run(&server, &["tail", "notes/a", "--cursor", &cursor(&first.err), "--once"]);
    assert_eq!(second.out, "notes/a message 3\n");
    let third = run(&server, &["tail", "notes/a", "--cursor", &cursor(&second.err), "-n", "2"]);
    assert_eq!(third.out, "notes/a message 4\nnotes/a message 5\n");
}

#[test]
fn messages_are_printed_as_they_are_if_asked_for() {
    let server = server();
    out(&server, &["publish", "brief", "--batch", "[1, 2]"]);
    let seen = run(&server, &["tail", "brief", "--history", "9", "--once", "--json"]);
    let first = cursor(&seen.err);
    let event = |cursor: &str, n| {
        format!(r#"{{"id":"{cursor}","channel":"brief","event":"message","data":{n}}}"#)
    };
    assert_eq!(seen.out, format!("{}\n", event(&first, 1)));
    out(&server, &["publish", "brief", "--batch", "[3, 4]"]);
    let missed = run(&server, &["tail", "brief", "--cursor", &first, "-n", "2", "--json"]);
    let epoch = first.strip_suffix(".1").unwrap();
    let at = |n| format!("{epoch}.{n}");
    let gap = r#""channel":"brief","from":2,"to":3,"reason":"trimmed","on_gap":"reload""#;
    assert_eq!(
        missed.out,
        format!(
            "{{\"id\":\"{}\",\"event\":\"gap\",\"data\":{{{gap}}}}}\n{}\n{}\n",
            at(2),
            event(&at(3), 3),
            event(&at(4), 4)
        )
    );
    assert_eq!(
        missed.err,
        format!(
            "comet: gap in brief: events 2 to 2 are gone (trimmed)\ncomet: go on with --cursor {}\n",
            at(4)
        )
    );
}

#[test]
fn a_closed_channel_is_the_end() {
    let server = server();
    out(&server, &["publish", "notes/a", "1"]);
    let mut tail = following(&server, &["notes/a"]);
    assert_eq!(tail.line(), "notes/a message 1");
    out(&server, &["close", "notes/a"]);
    tail.notes("comet: end of notes/a (closed)");
    tail.notes("comet: go on with --cursor done");
    assert_eq!(tail.ends().code(), Some(0));
    let again = run(&server, &["tail", "notes/a", "--cursor", "done"]);
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""));
}

#[test]
fn a_server_that_was_killed_is_followed_when_it_is_back() {
    let first = server();
    let address = first.address.to_string();
    let tail = following(&first, &["notes/a"]);
    out(&first, &["publish", "notes/a", "1"]);
    assert_eq!(tail.line(), "notes/a message 1");
    drop(first);
    tail.notes("coming back");
    let second = server_at(&address);
    out(&second, &["publish", "notes/a", "2"]);
    tail.notes("gap in notes/a: its log has begun anew, and all that it keeps follows (epoch)");
    assert_eq!(tail.line(), "notes/a message 2");
}

#[test]
fn a_server_that_says_bye_is_followed_when_it_is_back() {
    let mut first = server();
    let address = first.address.to_string();
    let tail = following(&first, &["notes/a"]);
    out(&first, &["publish", "notes/a", "1"]);
    assert_eq!(tail.line(), "notes/a message 1");
    first.signal("-TERM");
    tail.notes("the server goes away; coming back");
    assert!(first.ends().success());
    let second = server_at(&address);
    out(&second, &["publish", "notes/a", "2"]);
    assert_eq!(tail.line(), "notes/a message 2");
}

#[test]
fn a_signal_ends_it_with_the_cursor() {
    let server = server();
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let mut tail = following(&server, &["notes/a"]);
        out(&server, &["publish", "notes/a", "1"]);
        tail.line();
        tail.signal(signal);
        tail.notes("go on with --cursor ");
        assert_eq!(tail.ends().code(), Some(code));
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let server = server();
    let mut tail = following(&server, &["notes/a"]);
    out(&server, &["publish", "notes/a", "1"]);
    tail.line();
    // The thread that reads its output ends with the next line, and closes the pipe.
    let (_, gone) = std::sync::mpsc::channel();
    drop(std::mem::replace(&mut tail.out, gone));
    for n in 2..10 {
        out(&server, &["publish", "notes/a", &n.to_string()]);
    }
    assert_eq!(tail.ends().code(), Some(0));
    assert!(tail.err.iter().next().is_none());
}

#[test]
fn a_channel_that_is_not_public_wants_to_know_who_asks() {
    let server = server();
    let stranger = run(&server, &["tail", "mail/ada"]);
    assert_eq!(stranger.code, Some(1));
    assert_eq!(stranger.err, "comet: 401 Unauthorized: this needs a signed-in user\n");
    let other = run(&server, &["tail", "mail/ada", "-H", "X-User: bob"]);
    assert_eq!(other.err, "comet: 403 Forbidden: this is somebody else's mail\n");
    let tail = following(&server, &["mail/ada", "-H", "X-User: ada"]);
    out(&server, &["publish", "mail/ada", "1"]);
    assert_eq!(tail.line(), "mail/ada message 1");
    let wrong = run(&server, &["tail", "mail/ada", "-H", "no field"]);
    assert_eq!(wrong.code, Some(2));
}

#[test]
fn options_that_cannot_be() {
    for arguments in [
        &["tail"][..],
        &["tail", "a", "-n", "0"],
        &["tail", "a", "--once", "-n", "2"],
        &["tail", "a", "--history", "1", "--cursor", "c"],
        &["publish", "a"],
        &["publish", "a", "1", "--wait", "soon"],
    ] {
        let said = says(super::comet_at("http://127.0.0.1:1").args(arguments));
        assert_eq!(said.code, Some(2), "{arguments:?}");
    }
}
