use super::super::server::{Directory, program};
use super::{comet, out, run, says, server};

#[test]
fn a_channel_is_shown_and_closed() {
    let server = server();
    out(&server, &["publish", "notes/a b", "--batch", "[1, 2, 3]"]);
    let shown = out(&server, &["channel", "notes/a b"]);
    for fact in ["channel  notes/a%20b\n", "readers  0\n", "newest   3\n", "oldest   1\n"] {
        assert!(shown.contains(fact), "{shown}");
    }
    let json = out(&server, &["channel", "notes/a b", "--json"]);
    assert!(json.starts_with(r#"{"channel":"notes/a%20b","readers":0,"#) && json.ends_with("}\n"));
    assert_eq!(out(&server, &["close", "notes/a b"]), "");
    assert!(out(&server, &["channel", "notes/a b"]).contains("newest   0\n"));
}

#[test]
fn routes_are_those_of_the_program() {
    let directory = Directory::new();
    let listed = says(program(&directory).arg("--routes"));
    assert!(listed.out.contains("GET      /hello/{name} "), "{}", listed.out);
    assert!(listed.out.contains("CHANNEL  notes/{list} "), "{}", listed.out);
    let server = server();
    assert_eq!(out(&server, &["routes"]), listed.out);
    let json = out(&server, &["routes", "--json"]);
    assert!(json.starts_with(r#"{"routes":[{"method":"#) && json.ends_with("]}\n"), "{json}");
    assert_eq!(says(comet(&server).arg("routes").env_remove("COMET_PUBLISH_SECRET")).code, Some(1));
}

#[test]
fn what_there_is_not_is_told_in_one_line() {
    let server = server();
    let unknown = "comet: 404 Not Found: there is no channel `nowhere`\n";
    for arguments in [&["channel", "nowhere"][..], &["close", "nowhere"], &["tail", "nowhere"]] {
        let said = run(&server, arguments);
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{arguments:?}");
        assert_eq!(said.err, unknown, "{arguments:?}");
    }
    let published = run(&server, &["publish", "nowhere", "1"]);
    assert_eq!(published.code, Some(1));
    assert_eq!(
        published.err,
        "comet: 404 Not Found: event 0: there is no channel `nowhere`; none was published\n"
    );
}
