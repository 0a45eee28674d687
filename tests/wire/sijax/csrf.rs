use super::super::get;
use super::{AJAX, FORM, FRAME, Server, body, calling, field, post, status};

/// An app that asks every call for a token, with the cookie and the token of a browser that has the page.
fn guarded() -> (Server, String, String) {
    let server = Server::with(|command| {
        command.env("WIRE_CSRF", "1");
    });
    let page = server.answer(&get("/sijax", "text/html"));
    let cookie = field(&page, "set-cookie");
    let (token, attributes) = cookie.strip_prefix("comet-csrf=").unwrap().split_once(';').unwrap();
    assert_eq!(attributes, " Path=/; HttpOnly; SameSite=Strict");
    assert!(body(&page).contains(&format!("(\"{token}\");</script>")), "{page}");
    let cookie = format!("cookie: comet-csrf={token}\r\n");
    (server, cookie, token.to_owned())
}

#[test]
fn s_18_a_token_lets_ajax_calls_comet_calls_and_forms_in() {
    let (server, cookie, token) = guarded();
    let call = calling("say", r#"["x"]"#);
    let with = format!("{call}&csrf_token={token}");
    let wrong = format!("{call}&csrf_token={}", "0".repeat(32));
    let multipart = |token: &str| {
        let fields = [("csrf_token", token), ("sijax_rq", "say"), ("sijax_args", "[\"x\"]")];
        let part = |(name, value): &(&str, &str)| {
            format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        fields.iter().map(part).collect::<String>() + "--B--\r\n"
    };
    let header = format!("{AJAX}x-comet-csrf: {token}\r\n");
    for (head, content_type, body, wanted) in [
        (AJAX, FORM, call.as_str(), 403),
        (AJAX, FORM, &wrong, 403),
        (AJAX, FORM, &with, 200),
        (&header, FORM, &call, 200),
        (FRAME, FORM, &call, 403),
        (FRAME, FORM, &with, 200),
        (FRAME, "multipart/form-data; boundary=B", &multipart("x"), 403),
        (FRAME, "multipart/form-data; boundary=B", &multipart(&token), 200),
    ] {
        let answer = server.answer(&post("/sijax", &format!("{head}{cookie}"), content_type, body));
        assert_eq!(status(&answer), wanted, "{head}{body}: {answer}");
        assert_eq!(answer.contains(r#"[{"alert":"x","type":"alert"}]"#), wanted == 200, "{answer}");
    }
    // What is not there is no way around it.
    assert_eq!(status(&server.answer(&post("/sijax", AJAX, FORM, &calling("nobody", "[]")))), 403);
}

#[test]
fn s_18_a_page_keeps_the_token_of_its_browser() {
    let (server, cookie, token) = guarded();
    let again = get("/sijax", "text/html").replace("accept:", &format!("{cookie}accept:"));
    let page = server.answer(&again);
    assert!(field(&page, "set-cookie").starts_with(&format!("comet-csrf={token};")), "{page}");
    // A page that does not ask for a token gets no cookie.
    assert_eq!(field(&server.answer(&get("/hello/x", "text/html")), "set-cookie"), "");
}
