//! What the page's scripts are answered.
#![allow(clippy::unwrap_used)]

use comet::App;
use comet::compat::sijax::Sijax;
use comet::test::{Reply, TestApp};
use http::Request;

fn app() -> TestApp {
    let app = App::from_linked().with(sijax::Guestbook::default()).adapt(sijax::mount());
    TestApp::new(app).unwrap()
}

async fn post(app: &TestApp, head: (&'static str, &str), form: &str) -> Reply {
    let request = Request::post("/sijax")
        .header(head.0, head.1)
        .header("content-type", "application/x-www-form-urlencoded");
    app.send(request.body(form.to_owned().into())).await
}

const AJAX: (&str, &str) = ("x-requested-with", "XMLHttpRequest");
const FRAME: (&str, &str) = ("sec-fetch-dest", "iframe");

#[tokio::test]
async fn s_06_an_ajax_call_is_answered_with_commands() {
    let mut reply = post(&app(), AJAX, r#"sijax_rq=greet&sijax_args=["<Ada>"]"#).await;
    let text = reply.text().await;
    assert!(text.contains(r#""html":"Hello, &lt;Ada&gt;!""#), "{text}");
}

#[tokio::test(start_paused = true)]
async fn s_07_a_comet_call_streams_one_script_a_loaf() {
    let document = post(&app(), FRAME, "sijax_rq=bake&sijax_args=[3]").await.text().await;
    assert_eq!(document.matches("window.parent.Sijax.processCommands([").count(), 4);
    for text in ["1 of 3 loaves", "3 of 3 loaves", "All 3 loaves are out."] {
        assert!(document.contains(text), "{document}");
    }
}

#[tokio::test]
async fn s_09_a_wrong_call_is_explained() {
    let text = post(&app(), AJAX, "sijax_rq=greet&sijax_args=[]").await.text().await;
    assert!(text.contains("greet: argument `name` is missing"), "{text}");
}

#[test]
fn s_01_s_02_what_cannot_be_called_is_said_at_the_start() {
    let mount = Sijax::at("sijax")
        .function("a b", "guestbook_greet")
        .function("greet", "guestbook_greeet")
        .object("nothing");
    let app = App::from_linked().with(sijax::Guestbook::default()).adapt(mount);
    let findings = app.verify().unwrap_err().to_string();
    for wanted in [
        "in `Sijax::at(\"sijax\")`: ",
        "a route starts with `/`",
        "a page cannot call `a b`; give the function a name of letters, digits, `-` and `_`",
        "no handler is called `guestbook_greeet`; did you mean `guestbook_greet`?",
        "no handler is called `nothing_…`, so there is no such object",
    ] {
        assert!(findings.contains(wanted), "{findings}");
    }
}
