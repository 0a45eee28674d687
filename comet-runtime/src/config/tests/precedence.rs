use std::fs;
use std::time::Duration;

use super::{Directory, load};

#[test]
fn without_any_source_the_defaults_hold() {
    let config = load(&[]).unwrap();
    assert_eq!(config.bind.to_string(), "127.0.0.1:8080");
    assert_eq!(config.mount, "/");
    assert_eq!(config.heartbeat, Duration::from_secs(15));
    assert_eq!(config.body_limit, 65_536);
}

#[test]
fn the_later_source_wins_and_leaves_the_rest_alone() {
    let directory = Directory::with(
        "bind = \"127.0.0.1:1\"\nmount = \"/file\"\nheartbeat = \"1s\"\nruns = 1\nlog = \"warn\"",
    );
    let variables =
        [("COMET_BIND", "127.0.0.1:2"), ("COMET_MOUNT", "/env"), ("COMET_HEARTBEAT", "2s")];
    let config = directory.load(&variables, &["--bind", "127.0.0.1:3"]).unwrap();
    assert_eq!(config.bind.port(), 3);
    assert_eq!(config.mount, "/env");
    assert_eq!(config.heartbeat, Duration::from_secs(2));
    assert_eq!(config.runs, 1);
    assert_eq!(config.log, "warn");
    assert_eq!(config.timeout, Duration::from_secs(60));
}

#[test]
fn variables_of_others_are_none_of_ours() {
    let config = load(&[("PATH", "/bin"), ("COMETARY", "x"), ("HOME", "/")]).unwrap();
    assert_eq!(config.mount, "/");
}

#[test]
fn the_flag_names_another_file_than_the_variable_and_the_default() {
    let directory = Directory::with("runs = 1");
    fs::write(directory.0.join("two.toml"), "runs = 2").unwrap();
    fs::write(directory.0.join("three.toml"), "runs = 3").unwrap();
    assert_eq!(directory.load(&[], &[]).unwrap().runs, 1);
    let variable = [("COMET_CONFIG", "two.toml")];
    assert_eq!(directory.load(&variable, &[]).unwrap().runs, 2);
    assert_eq!(directory.load(&variable, &["--config", "three.toml"]).unwrap().runs, 3);
}
