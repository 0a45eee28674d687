use std::process::Output;

use super::client::status;
use super::server::{Directory, program};
use super::{Server, get};

/// What the program says to a command line and variables, with this `comet.toml` beside it.
fn says(arguments: &[&str], variables: &[(&str, &str)], file: &str) -> Output {
    let directory = Directory::new();
    std::fs::write(directory.0.join("comet.toml"), file).unwrap();
    program(&directory).args(arguments).envs(variables.iter().copied()).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn the_table_of_routes() {
    let output = says(&["--routes", "--mount", "/app"], &[], "");
    assert!(output.status.success());
    let table = out(&output);
    let row = |start: &str| {
        let row = table.lines().find(|row| row.split_whitespace().take(2).eq(start.split(' ')));
        row.unwrap_or_else(|| panic!("no {start} in\n{table}"))
            .split_whitespace()
            .collect::<Vec<_>>()
    };
    let me = row("GET /app/users/me");
    assert_eq!(me[2..4], ["me", "user"]);
    assert!(me[4].contains("once.rs:"), "{me:?}");
    assert_eq!(row("GET /app/users/{id}")[2..4], ["user", "public"]);
    assert_eq!(row("POST /app/comet/call/count")[2..4], ["count", "public"]);
    assert_eq!(row("POST /app/made")[2..4], ["made", "public"]);
    let column = |row: &str| row.find("once.rs").or_else(|| row.find("streams.rs")).is_some();
    assert!(table.lines().any(column));
}

#[test]
fn a_check_that_finds_nothing() {
    let output = says(&["--check"], &[], "");
    assert_eq!(output.status.code(), Some(0));
    let said = out(&output);
    assert!(said.starts_with("ok: ") && said.ends_with(" handlers\n"), "{said}");
    assert!(!said.contains("listening"));
}

#[test]
fn a_check_that_finds_something() {
    for arguments in [&["--check"][..], &[]] {
        let output = says(arguments, &[("WIRE_WITHOUT_USERS", "1")], "");
        assert_eq!(output.status.code(), Some(1));
        let said = err(&output);
        assert!(
            said.contains("the app cannot start:\n- these handlers are for signed-in users"),
            "{said}"
        );
        assert!(said.contains("`me` at "), "{said}");
        assert_eq!(out(&output), "");
    }
}

#[test]
fn a_setting_that_is_none() {
    let output = says(
        &["--check"],
        &[("COMET_HEARTBEET", "5s")],
        "binde = \"127.0.0.1:1\"\ndrain = \"soon\"\n",
    );
    assert_eq!(output.status.code(), Some(1));
    let said = err(&output);
    assert!(said.contains("`binde` is not a setting; did you mean `bind`?"), "{said}");
    assert!(
        said.contains("COMET_HEARTBEET") && said.contains("did you mean `heartbeat`?"),
        "{said}"
    );
    assert!(said.contains("comet.toml, drain"), "{said}");
}

#[test]
fn a_flag_that_is_none() {
    let output = says(&["--rotes"], &[], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("--routes"), "{}", err(&output));
}

#[test]
fn the_later_place_wins() {
    let mount = |arguments: &[&str], variables: &[(&str, &str)], file: &str| {
        let table = out(&says(&[&["--routes"], arguments].concat(), variables, file));
        let row = table.lines().find(|row| row.contains("/users/me")).unwrap();
        row.split_whitespace().nth(1).unwrap().strip_suffix("/users/me").unwrap().to_owned()
    };
    let (file, variable, flag) =
        ("mount = \"/file\"", ("COMET_MOUNT", "/variable"), ["--mount", "/flag"]);
    assert_eq!(mount(&[], &[], ""), "");
    assert_eq!(mount(&[], &[], file), "/file");
    assert_eq!(mount(&[], &[variable], file), "/variable");
    assert_eq!(mount(&flag, &[variable], file), "/flag");
}

#[test]
fn a_mount_is_a_prefix_of_everything() {
    let server = Server::with(|command| {
        command.args(["--mount", "/app"]);
    });
    for (path, wanted) in [
        ("/app/users/7", 200),
        ("/app/comet/health", 200),
        ("/users/7", 404),
        ("/application/users/7", 404),
        ("/comet/health", 404),
    ] {
        assert_eq!(status(&server.answer(&get(path, "*/*"))), wanted, "{path}");
    }
}

#[test]
fn an_address_that_is_taken_is_named_with_the_way_out() {
    let server = Server::start();
    let address = server.address.to_string();
    let output = says(&["--bind", &address], &[], "");
    assert_eq!(output.status.code(), Some(1));
    let said = err(&output);
    assert!(
        said.contains(&format!("cannot listen on {address}")) && said.contains("--bind"),
        "{said}"
    );
}
