use super::client::status;
use super::{Server, get};

/// A request with one more field.
fn with(request: &str, field: &str) -> String {
    request.replacen("\r\n", &format!("\r\n{field}\r\n"), 1)
}

#[test]
fn a_handler_for_users_wants_one() {
    let server = Server::start();
    let answer = server.answer(&get("/users/me", "*/*"));
    assert_eq!(status(&answer), 401);
    assert!(answer.ends_with("\"detail\":\"this needs a signed-in user\"}"), "{answer}");
    let answer = server.answer(&with(&get("/users/me", "*/*"), "x-user: ann"));
    assert!(answer.ends_with("\r\n\r\nme, ann"), "{answer}");
    assert!(server.answer(&get("/users/7", "*/*")).ends_with("\r\n\r\nuser 7"));
}

#[test]
fn a_foreign_page_may_not_call() {
    let server = Server::start();
    let port = server.address.port();
    let call = super::call("add", "*/*", "[1,2]")
        .replace("host: localhost", &format!("host: localhost:{port}"));
    // On the loopback stands a proxy that may speak HTTPS, so the scheme is not known.
    for (origin, wanted) in [
        (format!("http://localhost:{port}"), 200),
        (format!("HTTP://LOCALHOST:{port}"), 200),
        ("http://localhost".to_owned(), 403),
        (format!("https://localhost:{port}"), 200),
        (format!("http://localhost:{port}.evil.example"), 403),
        (format!("http://evil-localhost:{port}"), 403),
        (format!("http://localhost.evil.example:{port}"), 403),
        ("null".to_owned(), 403),
        ("https://evil.example".to_owned(), 403),
        (String::new(), 403),
    ] {
        let answer = server.answer(&with(&call, &format!("origin: {origin}")));
        assert_eq!(status(&answer), wanted, "`{origin}`: {answer}");
    }
    let answer = server.answer(&with(&call, "sec-fetch-site: cross-site"));
    assert_eq!(status(&answer), 403, "{answer}");
    assert_eq!(status(&server.answer(&call)), 200, "a program sends neither");
}

#[test]
fn a_name_that_is_not_ours_is_refused() {
    let server = Server::start();
    let rebound = get("/page", "*/*").replace("localhost", "rebound.example");
    let answer = server.answer(&rebound);
    assert_eq!(status(&answer), 403, "{answer}");
    assert!(answer.contains("rebound.example"), "{answer}");
    for host in ["127.0.0.1:80", "[::1]", "LOCALHOST"] {
        let answer = server.answer(&get("/page", "*/*").replace("localhost", host));
        assert_eq!(status(&answer), 200, "{host}");
    }
}
