//! What Sijax's scripts send, and what they get: the bytes of the original where it is right.

mod ajax;
mod csrf;
mod events;
mod frame;
mod page;
mod upload;

use super::Server;
use super::client::{field, status};

/// What `Sijax.request` says of itself.
const AJAX: &str = "x-requested-with: XMLHttpRequest\r\n\
                    accept: application/json, text/javascript, */*; q=0.01\r\n";

/// What a browser says of the form that `sjxComet` posts into a hidden frame.
const FRAME: &str = "sec-fetch-dest: iframe\r\nsec-fetch-site: same-origin\r\n\
                     accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n";

const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";

fn post(path: &str, head: &str, content_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\n{head}content-type: {content_type}\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
}

/// The form that calls a function.
fn calling(function: &str, args: &str) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("sijax_rq", function).append_pair("sijax_args", args).finish()
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

/// The reply to `Sijax.request(function, args)` at that page.
fn ajax(server: &Server, path: &str, function: &str, args: &str) -> String {
    let answer = server.answer(&post(path, AJAX, FORM, &calling(function, args)));
    assert_eq!(status(&answer), 200, "{answer}");
    assert_eq!(field(&answer, "content-type"), "application/json");
    body(&answer).to_owned()
}

/// The document in the frame of `sjxComet.request(function, args)` at that page.
fn framed(server: &Server, path: &str, function: &str, args: &str) -> String {
    document(server, &post(path, FRAME, FORM, &calling(function, args)))
}

fn document(server: &Server, request: &str) -> String {
    let mut client = server.connect();
    client.send(request);
    let (head, document) = client.answer();
    assert_eq!(status(&head), 200, "{head}{document}");
    assert_eq!(field(&head, "content-type"), "text/html; charset=utf-8");
    assert_eq!(
        field(&head, "content-security-policy"),
        "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'self'"
    );
    document
}

/// A document of these scripts, byte for byte as Sijax 0.3.2 writes it.
fn scripts(all: &[&str]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let opening = format!("\n<script type='text/javascript'></script>\n\n{}", "\n".repeat(2000));
    let script = |commands: &&str| {
        format!(
            "\n        <script type=\"text/javascript\">\n            \
             window.parent.Sijax.processCommands({commands});\n        </script>\n        "
        )
    };
    opening + &all.iter().map(script).collect::<String>()
}
