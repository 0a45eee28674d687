use std::net::TcpListener;

use super::{comet_at, says};

#[test]
fn nothing_listens() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{free}");
    for arguments in [
        &["publish", "notes/a", "1", "--wait", "0"][..],
        &["tail", "notes/a"],
        &["channel", "notes/a"],
        &["routes"],
    ] {
        let said = says(comet_at(&url).args(arguments));
        assert_eq!((said.code, said.out.as_str()), (Some(3), ""), "{arguments:?}");
        assert!(
            said.err.starts_with(&format!("comet: nothing answers at {url}: ")),
            "{}",
            said.err
        );
        assert_eq!(said.err.lines().count(), 1);
    }
}

#[test]
fn a_publisher_waits_for_its_server() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut waiting = super::Running::start(
        comet_at(&format!("http://{free}")).args(["publish", "notes/a", "1", "--wait", "30"]),
    );
    let _server = super::server_at(&free.to_string());
    assert_eq!(waiting.line(), "1");
    assert_eq!(waiting.ends().code(), Some(0));
}

#[test]
fn urls_that_cannot_be() {
    for (url, why) in [
        ("https://app.example", "does not speak HTTPS"),
        ("127.0.0.1:8080", "write http://host:port"),
        ("ftp://app.example", "write http://host:port"),
        ("http://user@app.example", "write http://host:port"),
        ("http://app.example/?x=1", "write http://host:port"),
        ("/app", "write http://host:port"),
    ] {
        let said = says(comet_at(url).arg("routes"));
        assert_eq!(said.code, Some(2), "{url}");
        assert!(said.err.contains(why) && said.err.contains(url), "{}", said.err);
    }
}

#[test]
fn a_mount_is_part_of_the_url() {
    let server = super::Server::with(|command| {
        command.env("COMET_PUBLISH_SECRET", super::SECRET).env("COMET_MOUNT", "/app");
    });
    for end in ["", "/"] {
        let url = format!("http://{}/app{end}", server.address);
        assert_eq!(says(comet_at(&url).args(["channel", "brief"])).code, Some(0), "{url}");
    }
    assert_eq!(says(comet_at(&format!("http://{}", server.address)).arg("routes")).code, Some(1));
}
