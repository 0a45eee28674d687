use super::{AJAX, FRAME, Server, body, document, post, scripts, status};

const MULTIPART: &str = "multipart/form-data; boundary=----WebKitFormBoundaryA";

/// A form as Chromium sends it: `name="…"` with what else its head has, and the value.
fn form(parts: &[(&str, &str)]) -> String {
    let part = |(head, value): &(&str, &str)| {
        format!(
            "------WebKitFormBoundaryA\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n"
        )
    };
    parts.iter().map(part).collect::<String>() + "------WebKitFormBoundaryA--\r\n"
}

const CALL: [(&str, &str); 2] =
    [("name=\"sijax_rq\"", "form_one_upload"), ("name=\"sijax_args\"", "[\"form_one\"]")];

const FILE: (&str, &str) =
    ("name=\"file\"; filename=\"ä b.txt\"\r\nContent-Type: text/plain", "two\r\nlines");

fn got(text: &str) -> String {
    scripts(&[
        &format!(
            r##"[{{"selector":"#got","html":"{text}","setType":"replace","type":"html"}},{{"call":"sjxUpload.resetForm","params":["form_one"],"type":"call"}}]"##
        ),
        r#"[{"alert":"form_one","type":"alert"}]"#,
    ])
}

#[test]
fn s_15_a_form_with_its_file_is_the_arguments_and_the_reply_streams() {
    let server = Server::start();
    let sent = form(&[("name=\"message\"", "hello"), FILE, CALL[0], CALL[1]]);
    assert_eq!(
        document(&server, &post("/sijax", FRAME, MULTIPART, &sent)),
        got(
            "hello Some(UploadedFile { field: &quot;file&quot;, name: &quot;ä b.txt&quot;, content_type: Some(&quot;text/plain&quot;), bytes: 10 })"
        )
    );
    let nothing = ("name=\"file\"; filename=\"\"\r\nContent-Type: application/octet-stream", "");
    let sent = form(&[("name=\"message\"", ""), nothing, CALL[0], CALL[1]]);
    assert_eq!(document(&server, &post("/sijax", FRAME, MULTIPART, &sent)), got(" None"));
}

#[test]
fn s_15_one_handler_serves_the_forms_that_it_is_registered_for() {
    let server = Server::start();
    let second = |id: &str| {
        let args = format!("[\"{id}\"]");
        let call = [("name=\"sijax_rq\"", "form_two_upload"), ("name=\"sijax_args\"", &*args)];
        let sent = form(&[("name=\"message\"", "2"), call[0], call[1]]);
        document(&server, &post("/sijax", FRAME, MULTIPART, &sent))
    };
    assert_eq!(second("form_two"), got("2 None").replace("form_one", "form_two"));
    // A call that is not that of its form is one by position.
    let wrong = r#"[{"alert":"You tried to perform an action in a wrong way! (Sijax error)","type":"alert"}]"#;
    let by_position = second("other");
    assert!(by_position.contains("other None") && !by_position.contains("resetForm"));
    let sent = form(&[("name=\"message\"", "x"), CALL[0], ("name=\"sijax_args\"", "[]")]);
    assert_eq!(document(&server, &post("/sijax", FRAME, MULTIPART, &sent)), scripts(&[wrong]));
    let sent = form(&[CALL[0], CALL[1]]);
    assert_eq!(document(&server, &post("/sijax", FRAME, MULTIPART, &sent)), scripts(&[wrong]));
}

#[test]
fn s_15_a_form_has_a_limit_of_its_own() {
    let server = Server::start();
    let sent = |length: usize| {
        let message = "x".repeat(length);
        form(&[("name=\"message\"", &message), CALL[0], CALL[1]])
    };
    let document = document(&server, &post("/sijax", FRAME, MULTIPART, &sent(90_000)));
    assert!(document.len() > 90_000);
    let answer = server.answer(&post("/sijax", FRAME, MULTIPART, &sent(110_000)));
    assert_eq!(status(&answer), 413);
    assert!(answer.contains(r#"[{"alert":"the body has more than 100000 bytes","type":"alert"}]"#));
}

#[test]
fn a_form_with_files_calls_a_handler_without_sijax_as_well() {
    let server = Server::start();
    let file = ("name=\"files\"; filename=\"a\"\r\nContent-Type: image/png", "abc");
    let sent = form(&[("name=\"title\"", "T"), file, file]);
    let answer = server.answer(&post("/comet/call/collect", AJAX, MULTIPART, &sent));
    assert_eq!(body(&answer), "T: a image/png 3, a image/png 3");
    let answer = server.answer(&post("/comet/call/collect", AJAX, MULTIPART, &form(&[file])));
    assert_eq!(status(&answer), 400);
    assert!(answer.contains("argument `title` is missing"), "{answer}");
}
