use super::super::get;
use super::{Server, body, field};

#[test]
fn s_13_the_script_of_a_page_posts_to_the_page_itself() {
    let server = Server::start();
    let answer = server.answer(&get("/sijax?room=7&x=%22", "text/html"));
    assert_eq!(
        body(&answer),
        "<script>Sijax.setRequestUri(\"/sijax?room=7&x=%22\");</script>\
         <script>jQuery(function() { sjxUpload.registerForm({\"formId\": \"form_one\", \
         \"callback\": \"form_one_upload\"}); });</script>"
    );
    assert_eq!(field(&answer, "set-cookie"), "");
}

#[test]
fn s_13_s_15_another_url_is_that_of_forms_as_well() {
    let server = Server::start();
    assert_eq!(
        body(&server.answer(&get("/sijax/elsewhere", "text/html"))),
        "Sijax.setRequestUri(\"/a?<\\/script>\\u00e9\");Sijax.setJsonUri(\"/json2.js\");\
         jQuery(function() { jQuery(document.getElementById(\"form_one\")).attr(\"action\", \
         Sijax.getRequestUri()); sjxUpload.registerForm({\"formId\": \"form_one\", \
         \"callback\": \"form_one_upload\"}); });"
    );
}
