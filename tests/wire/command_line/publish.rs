use std::io::Write;
use std::process::Stdio;

use super::super::server::Directory;
use super::{comet, out, run, says, server};

#[test]
fn each_event_lands_and_its_offset_is_printed() {
    let server = server();
    let directory = Directory::new();
    let file = directory.0.join("event.json");
    std::fs::write(&file, r#"{"from":"a file"}"#).unwrap();
    assert_eq!(out(&server, &["publish", "notes/a", r#""typed""#]), "1\n");
    assert_eq!(out(&server, &["publish", "notes/a", "-1", "--event", "number"]), "2\n");
    assert_eq!(out(&server, &["publish", "notes/a", &format!("@{}", file.display())]), "3\n");
    let mut piped = comet(&server)
        .args(["publish", "notes/a", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    piped.stdin.take().unwrap().write_all(b"[\"from\",\n\"a pipe\"]\n").unwrap();
    assert_eq!(piped.wait_with_output().unwrap().stdout, b"4\n");
    assert_eq!(
        out(&server, &["tail", "notes/a", "--history", "9", "-n", "4"]),
        "notes/a message \"typed\"\n\
         notes/a number -1\n\
         notes/a message {\"from\":\"a file\"}\n\
         notes/a message [\"from\", \"a pipe\"]\n"
    );
}

#[test]
fn a_batch_is_an_array_or_lines() {
    let server = server();
    assert_eq!(out(&server, &["publish", "notes/a", "--batch", "[1, [2]]"]), "1\n2\n");
    assert_eq!(out(&server, &["publish", "notes/a", "--batch", "3\n\n{\"four\":4}\n"]), "3\n4\n");
    assert_eq!(out(&server, &["publish", "notes/a", "--batch", "[]"]), "");
    let seen = out(&server, &["tail", "notes/a", "--history", "9", "-n", "4"]);
    let data = seen.lines().map(|line| line.strip_prefix("notes/a message ").unwrap());
    assert_eq!(data.collect::<Vec<_>>(), ["1", "[2]", "3", "{\"four\":4}"]);
}

#[test]
fn a_batch_lands_whole_or_not_at_all() {
    let server = server();
    let bad = run(&server, &["publish", "notes/a", "--batch", "1\n2\nthree\n"]);
    assert_eq!((bad.code, bad.out.as_str()), (Some(2), ""));
    assert!(bad.err.starts_with("comet: line 3 is no JSON: "), "{}", bad.err);
    let many = "1\n".repeat(1_001);
    let many = run(&server, &["publish", "notes/a", "--batch", &many]);
    assert_eq!(many.code, Some(1));
    assert_eq!(
        many.err,
        "comet: 413 Payload Too Large: a request has at most 1000 events, not 1001\n"
    );
    let named = run(&server, &["publish", "notes/a", "--batch", "1\n2", "--event", "gap"]);
    assert_eq!(named.code, Some(1));
    assert!(named.err.ends_with("none was published\n"), "{}", named.err);
    assert!(out(&server, &["channel", "notes/a"]).contains("newest   0\n"));
}

#[test]
fn with_one_key_the_same_is_published_once() {
    let server = server();
    let publish = |data| run(&server, &["publish", "notes/a", data, "--key", "k"]);
    assert_eq!(publish("1").out, "1\n");
    assert_eq!(publish("1").out, "1\n");
    let other = publish("2");
    assert_eq!(other.code, Some(1));
    assert!(other.err.starts_with("comet: 422 Unprocessable Entity: "), "{}", other.err);
    assert_eq!(out(&server, &["publish", "notes/a", "1"]), "2\n", "a key of its own every time");
}

#[test]
fn what_is_no_json_is_told_with_the_way_to_write_it() {
    let said = run(&server(), &["publish", "notes/a", "hello"]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert_eq!(
        said.err,
        "comet: the data is no JSON: expected value at line 1 column 1; a text has quotes of its own: '\"like this\"'\n"
    );
    let said = run(&server(), &["publish", "notes/a", "@/nowhere"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.starts_with("comet: /nowhere: No such file"), "{}", said.err);
}

#[test]
fn a_secret_comes_from_the_environment_or_a_file() {
    let server = server();
    let publish = |secret: &str| {
        says(comet(&server).args(["publish", "notes/a", "1"]).env("COMET_PUBLISH_SECRET", secret))
    };
    let wrong = publish("another-secret-than-that");
    assert_eq!(wrong.code, Some(1));
    assert_eq!(
        wrong.err,
        "comet: 401 Unauthorized: this is not the secret of the setting `publish_secret`\n"
    );
    let none = publish("");
    assert_eq!(none.code, Some(1));
    assert!(none.err.ends_with("; set COMET_PUBLISH_SECRET or --secret-file\n"), "{}", none.err);

    let directory = Directory::new();
    let file = directory.0.join("secret");
    let file = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let file = file.to_str().unwrap();
        says(
            comet(&server)
                .args(["publish", "notes/a", "1", "--secret-file", file])
                .env("COMET_PUBLISH_SECRET", "another-secret-than-that"),
        )
    };
    assert_eq!(file(&format!("{}\n", super::SECRET)).out, "1\n");
    let two = file("one\ntwo");
    assert_eq!(two.code, Some(2));
    assert!(two.err.ends_with("a secret is one line of visible ASCII characters\n"), "{}", two.err);
    assert!(!two.err.contains("two"), "{}", two.err);
}

#[test]
fn a_program_of_the_same_machine_needs_no_secret_where_the_operator_says_so() {
    let server = super::Server::with(|command| {
        command.env("COMET_PUBLISH", "loopback");
    });
    let said =
        says(comet(&server).args(["publish", "notes/a", "1"]).env_remove("COMET_PUBLISH_SECRET"));
    assert_eq!(said.out, "1\n", "{said:?}");
}
