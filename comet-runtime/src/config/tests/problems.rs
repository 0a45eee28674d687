use clap::Parser;

use super::{Directory, load};
use crate::config::{Config, Flags};

fn lines(error: &impl ToString) -> Vec<String> {
    let text = error.to_string();
    let mut lines: Vec<_> = text.lines().skip(1).map(|line| line.trim().to_owned()).collect();
    lines.sort();
    lines
}

#[test]
fn all_problems_are_told_at_once_with_their_sources() {
    let directory = Directory::with("heartbat = \"3s\"\ntimeout = 30\nhosts = [\"http://a\"]");
    let variables = [
        ("COMET_BODY_LIMIT", "64kb"),
        ("COMET_BIDN", "x"),
        ("COMET_PURPLE", "x"),
        ("COMET_RUNS", "0"),
    ];
    let error = directory.load(&variables, &[]).unwrap_err();
    let file = directory.0.join("comet.toml").display().to_string();
    assert_eq!(
        lines(&error),
        [
            format!("{file}, heartbat: `heartbat` is not a setting; did you mean `heartbeat`?"),
            format!(
                "{file}, hosts: `http://a` is not a host such as app.example or app.example:8080"
            ),
            format!(
                "{file}, timeout: `30` is not a duration; write a whole number and ms, s, m or h, \
                 such as \"30s\""
            ),
            "COMET_BIDN: `bidn` is not a setting; did you mean `bind`?".to_owned(),
            "COMET_BODY_LIMIT: `64kb` is not a size; write bytes, or KiB, MiB or GiB, such as \
             \"64KiB\""
                .to_owned(),
            "COMET_PURPLE: `purple` is not a setting".to_owned(),
            format!("COMET_RUNS: 0 is not within 1 to {}", usize::MAX),
        ]
    );
}

#[test]
fn limits_are_checked() {
    let directory = Directory::with("runs = 0\nheartbeat = \"100ms\"\nlog = \"a=b=c\"");
    let error = directory.load(&[("COMET_MAX_HEADER_BYTES", "1KiB")], &["--mount", "app/"]);
    let lines = lines(&error.unwrap_err());
    let file = directory.0.join("comet.toml").display().to_string();
    assert_eq!(lines.len(), 5);
    assert_eq!(
        lines[0],
        "--mount: `app/` is not a mount path; write / or a path such as /app, without a / at its \
         end"
    );
    assert!(lines[1].starts_with(&format!("{file}, heartbeat: 100ms is not within 1s to 600s")));
    assert!(lines[2].starts_with(&format!("{file}, log: `a=b=c` is not a log filter")));
    assert!(lines[3].starts_with(&format!("{file}, runs: 0 is not within 1 to")));
    assert_eq!(lines[4], "COMET_MAX_HEADER_BYTES: 1024 is not within 8192 to 1048576");
}

#[test]
fn a_file_that_was_asked_for_must_exist() {
    let directory = Directory::with("");
    let error = directory.load(&[], &["--config", "no.toml"]).unwrap_err();
    let file = directory.0.join("no.toml").display().to_string();
    assert_eq!(lines(&error), [format!("{file}: No such file or directory (os error 2)")]);
    let error = load(&[("COMET_CONFIG", "no.toml")]).unwrap_err();
    assert_eq!(lines(&error), ["/nowhere/no.toml: No such file or directory (os error 2)"]);
}

#[test]
fn a_file_that_is_not_toml_says_where() {
    let error = Directory::with("bind = \n").load(&[], &[]).unwrap_err().to_string();
    assert!(error.contains("comet.toml") && error.contains("line 1"), "{error}");
}

#[test]
fn a_table_is_no_setting_either() {
    let error = Directory::with("[server]\nbind = \"127.0.0.1:1\"").load(&[], &[]).unwrap_err();
    assert!(error.to_string().contains("`server` is not a setting"), "{error}");
}

#[test]
fn settings_made_in_code_are_checked_too() {
    let mut config = Config::default();
    assert!(config.check().is_ok());
    config.mount = "/a//b".to_owned();
    config.max_connections = 0;
    let lines = lines(&config.check().unwrap_err());
    assert!(lines[0].starts_with("max_connections: 0 is not within 1 to"), "{lines:?}");
    assert!(lines[1].starts_with("mount: `/a//b` is not a mount path"), "{lines:?}");
}

#[test]
fn mount_paths() {
    let accepted = |mount: &str| {
        let mut config = Config::default();
        mount.clone_into(&mut config.mount);
        config.check().is_ok()
    };
    for good in ["/", "/app", "/a/b-c_d.e~f"] {
        assert!(accepted(good), "{good}");
    }
    for wrong in
        ["", "app", "/app/", "//", "/a/../b", "/.", "/a b", "/{id}", "/a?b", "/%41", "/a;b"]
    {
        assert!(!accepted(wrong), "{wrong}");
    }
}

#[test]
fn the_command_line_is_clear_about_itself() {
    let error = Flags::try_parse_from(["program", "--bind", "localhost"]).unwrap_err().to_string();
    assert!(error.contains("'localhost' for '--bind <ADDRESS:PORT>'"), "{error}");
    let help = Flags::try_parse_from(["program", "--help"]).unwrap_err().to_string();
    for flag in ["--bind", "--mount", "--config", "--check", "--routes"] {
        assert!(help.contains(flag), "{help}");
    }
}
