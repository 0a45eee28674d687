use super::{AJAX, FORM, Server, ajax, body, calling, field, post, status};

/// Calls, and the replies of Sijax 0.3.2 on Python 3.6 to functions that do the same: name, arguments, reply.
const PAIRS: &str = include_str!("pairs.txt");

#[test]
fn s_04_s_05_s_06_s_08_replies_are_those_of_sijax() {
    let server = Server::start();
    let mut lines = PAIRS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut count = 0;
    while let (Some(call), Some(reply)) = (lines.next(), lines.next()) {
        let (function, args) = call.split_once(' ').unwrap();
        assert_eq!(ajax(&server, "/sijax", function, args), reply, "{call}");
        count += 1;
    }
    assert_eq!(count, 16);
}

#[test]
fn s_11_what_is_no_array_is_no_arguments_unless_the_mount_is_strict() {
    let server = Server::start();
    for args in ["", "[1", "null", "{\"a\":1}", "\"x\"", "[NaN]", "nonsense"] {
        assert_eq!(ajax(&server, "/sijax", "still", args), "[]", "{args}");
        let strict = ajax(&server, "/sijax/events", "still", args);
        assert!(strict.contains(r#"{"alert":"wrong: "#), "{args}: {strict}");
    }
}

#[test]
fn s_01_s_02_s_03_functions_have_the_names_that_they_were_given() {
    let server = Server::start();
    let unavailable = ajax(&server, "/sijax", "nobody", "[]");
    for (function, args, reply) in [
        // Of two that were given a name, the later has it.
        ("add", "[1,2]", r##"[{"selector":"#sum","html":"3","setType":"replace","type":"html"}]"##),
        // A method of an object, and the whole handler's name; two names of one handler.
        ("say", r#"["x"]"#, r#"[{"alert":"x","type":"alert"}]"#),
        ("tell", r#"["x"]"#, r#"[{"alert":"x","type":"alert"}]"#),
        ("sj_say", r#"["x"]"#, r#"[{"alert":"x","type":"alert"}]"#),
        // Private methods are none, and neither are handlers that Sijax could not call.
        ("hidden", "[]", unavailable.as_str()),
        ("sj_hidden", "[]", unavailable.as_str()),
        ("ticks", "[1]", unavailable.as_str()),
    ] {
        assert_eq!(ajax(&server, "/sijax", function, args), reply, "{function}");
    }
    // At another page the same name is another function, or none.
    assert_eq!(ajax(&server, "/sijax/events", "form_two_upload", "[]"), {
        let around = |what: &str, set: &str| {
            format!(r##"{{"selector":"#log","html":"{what}","setType":"{set}","type":"html"}}"##)
        };
        let missing = r#"{"alert":"no form_two_upload","type":"alert"}"#;
        format!("[{},{missing},{}]", around("before", "replace"), around("after", "append"))
    });
}

#[test]
fn s_08_what_the_url_of_the_page_says_comes_before_what_the_browser_says() {
    let server = Server::start();
    assert_eq!(
        ajax(&server, "/sijax/blue%20room/call", "enter", r#"["Ann"]"#),
        r#"[{"alert":"Ann in blue room","type":"alert"}]"#
    );
    // Where the page's URL does not say it, the browser does.
    assert_eq!(
        ajax(&server, "/sijax", "enter", r#"["red","Ann"]"#),
        r#"[{"alert":"Ann in red","type":"alert"}]"#
    );
}

#[test]
fn s_12_a_method_of_your_own_queues_a_command_of_your_own() {
    let server = Server::start();
    assert_eq!(
        ajax(&server, "/sijax", "shake", "[]"),
        r##"[{"selector":"#box","times":3,"type":"shake"},{"alert":"shaken","type":"alert"}]"##
    );
}

#[test]
fn s_16_suggestions_are_an_ordinary_call() {
    let server = Server::start();
    let asked = r#"[{"fieldId":"city","suggestionsLimit":5,"fieldValue":"be","additional":{}}]"#;
    assert_eq!(
        ajax(&server, "/sijax", "suggest", asked),
        r#"[{"call":"sjxSuggest.processResponse","params":[{"fieldId":"city","fieldValue":"be","suggestions":[{"display":"berlin","selectResponse":""},{"display":"bern","selectResponse":""}]}],"type":"call"}]"#
    );
}

#[test]
fn s_21_an_error_is_a_problem_with_its_status() {
    let server = Server::start();
    let call = |function| post("/sijax", AJAX, FORM, &calling(function, "[]"));
    let answer = server.answer(&call("fail"));
    assert_eq!(status(&answer), 409);
    assert_eq!(field(&answer, "content-type"), "application/problem+json");
    assert!(answer.contains(r#""detail":"it is \"taken\"""#), "{answer}");
    assert_eq!(status(&server.answer(&call("secret"))), 401);
    let user = call("secret").replace("accept:", "x-user: ann\r\naccept:");
    assert_eq!(body(&server.answer(&user)), r#"[{"alert":"ann","type":"alert"}]"#);
    let foreign = call("still").replace("accept:", "origin: http://evil.example\r\naccept:");
    assert_eq!(status(&server.answer(&foreign)), 403);
}

#[test]
fn s_22_what_is_no_call_goes_on_as_without_sijax() {
    let server = Server::start();
    let answer = |path: &str, content_type: &str, body: &str| {
        server.answer(&post(path, AJAX, content_type, body))
    };
    for form in ["text=one", "sijax_rq=say&text=one", "sijax_args=%5B%5D&text=one"] {
        assert_eq!(body(&answer("/sijax", FORM, form)), "a form with one");
    }
    let json = answer("/sijax", "application/json", r#"{"text":"two"}"#);
    assert_eq!(body(&json), "a form with two");
    // Of a field that comes twice the first counts, and other fields make no difference.
    let twice = "a=1&sijax_rq=still&sijax_args=%5B%5D&sijax_rq=say&b=2";
    assert_eq!(body(&answer("/sijax", FORM, twice)), "[]");
    assert_eq!(status(&answer("/sijax/none", FORM, &calling("still", "[]"))), 404);
    assert_eq!(status(&server.answer(&super::super::get("/sijax", "text/html"))), 200);
}

#[test]
fn bodies_that_cannot_be_read_are_refused() {
    let server = Server::start();
    let long = calling("say", &format!("[\"{}\"]", "x".repeat(70_000)));
    assert_eq!(status(&server.answer(&post("/sijax", AJAX, FORM, &long))), 413);
    for (content_type, body) in [
        ("multipart/form-data", "x"),
        ("multipart/form-data; boundary=B", ""),
        ("multipart/form-data; boundary=B", "--B\r\n"),
        (
            "multipart/form-data; boundary=B",
            "--B\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nx",
        ),
        ("multipart/form-data; boundary=B", "--C\r\n\r\n--C--"),
    ] {
        let answer = server.answer(&post("/sijax", AJAX, content_type, body));
        assert_eq!(status(&answer), 400, "{body:?}: {answer}");
    }
    let bytes = "sijax_rq=%ff%00&sijax_args=%5B%22%ff%22%5D";
    assert_eq!(status(&server.answer(&post("/sijax", AJAX, FORM, bytes))), 200);
    server.lives();
}
