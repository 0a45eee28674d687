use super::{
    AJAX, FORM, FRAME, Server, ajax, calling, document, field, framed, post, scripts, status,
};

const ROWS: [&str; 3] = [
    r##"[{"selector":"#bar","key":"width","value":"50%","type":"css"},{"selector":"#status","html":"1 of 2","setType":"replace","type":"html"}]"##,
    r##"[{"selector":"#bar","key":"width","value":"100%","type":"css"},{"selector":"#status","html":"2 of 2","setType":"replace","type":"html"}]"##,
    r##"[{"selector":"#status","html":"<i>done</i>","setType":"replace","type":"html"}]"##,
];

#[test]
fn s_07_a_flush_is_a_script_and_what_is_left_comes_at_the_end() {
    let server = Server::start();
    assert_eq!(framed(&server, "/sijax", "import_rows", "[2]"), scripts(&ROWS));
    assert_eq!(framed(&server, "/sijax", "import_rows", "[0]"), scripts(&ROWS[2..]));
    assert_eq!(
        framed(&server, "/sijax", "say", r#"["once"]"#),
        scripts(&[r#"[{"alert":"once","type":"alert"}]"#])
    );
}

#[test]
fn s_07_a_flush_of_nothing_is_nothing() {
    let server = Server::start();
    assert_eq!(framed(&server, "/sijax", "still", "[]"), "");
    assert_eq!(
        framed(&server, "/sijax", "empty", "[]"),
        scripts(&[r#"[{"alert":"late","type":"alert"}]"#])
    );
}

#[test]
fn s_07_a_flush_arrives_before_the_function_goes_on() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(post("/sijax", FRAME, FORM, &calling("stay", "[]")));
    client.until("\r\n\r\n");
    assert_eq!(client.chunk(), scripts(&[r#"[{"alert":"here","type":"alert"}]"#]));
}

#[test]
fn s_20_a_frame_that_is_taken_away_drops_the_function() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(post("/sijax", FRAME, FORM, &calling("stay", "[]")));
    client.until("\"here\"");
    drop(client);
    server.prints("dropped sj_stay");
    server.lives();
}

#[test]
fn s_19_the_commands_of_a_flush_cannot_end_its_script() {
    let server = Server::start();
    let every = ajax(&server, "/sijax", "every", "[]");
    assert!(every.contains("Grüße </script>"), "{every}");
    let escaped = every.replace("</script>", "<\\/script>");
    assert_eq!(framed(&server, "/sijax", "every", "[]"), scripts(&[&escaped]));
    let text = serde_json::to_string(&["</SCRIPT><!--<script>\u{2028}\u{2029}<b>&'"]).unwrap();
    assert_eq!(
        framed(&server, "/sijax", "say", &text),
        scripts(&[r#"[{"alert":"<\/SCRIPT>\u003c!--<script>\u2028\u2029<b>&'","type":"alert"}]"#])
    );
}

#[test]
fn s_10_s_21_what_went_wrong_is_told_in_the_frame() {
    let server = Server::start();
    let told = |text: &str| scripts(&[&format!(r#"[{{"alert":"{text}","type":"alert"}}]"#)]);
    assert_eq!(
        framed(&server, "/sijax", "nobody", "[]"),
        told("The action you performed is unavailable! (Sijax error)")
    );
    for args in ["[]", r#"["x"]"#, "[1,2,3]", "[-1]", "[[]]"] {
        assert_eq!(
            framed(&server, "/sijax", "import_rows", args),
            told("You tried to perform an action in a wrong way! (Sijax error)"),
            "{args}"
        );
    }
    for (function, code, text) in
        [("fail", 409, r#"it is \"taken\""#), ("secret", 401, "this needs a signed-in user")]
    {
        let answer = server.answer(&post("/sijax", FRAME, FORM, &calling(function, "[]")));
        assert_eq!(status(&answer), code);
        assert_eq!(field(&answer, "content-type"), "text/html; charset=utf-8");
        assert!(answer.ends_with(&told(text)), "{answer}");
    }
    let failed =
        r#"[{"alert":"The action you performed has failed! (Sijax error)","type":"alert"}]"#;
    assert_eq!(
        framed(&server, "/sijax", "fail_late", "[]"),
        scripts(&[r#"[{"alert":"begun","type":"alert"}]"#, failed])
    );
}

#[test]
fn s_10_a_failure_of_the_function_is_no_invalid_call() {
    let server = Server::start();
    let answer = server.answer(&post("/sijax/events", AJAX, FORM, &calling("fail", "[]")));
    assert_eq!(status(&answer), 409);
    assert!(!answer.contains("wrong"), "{answer}");
}

#[test]
fn s_21_who_says_nothing_of_itself_gets_a_frame() {
    let server = Server::start();
    let body = calling("say", r#"["x"]"#);
    let wanted = scripts(&[r#"[{"alert":"x","type":"alert"}]"#]);
    for head in ["", "accept: */*\r\n", "accept: text/html\r\n"] {
        assert_eq!(document(&server, &post("/sijax", head, FORM, &body)), wanted);
    }
    let cross = "accept: application/json, text/javascript, */*; q=0.01\r\n";
    let answer = server.answer(&post("/sijax", cross, FORM, &body));
    assert_eq!(field(&answer, "content-type"), "application/json");
}
