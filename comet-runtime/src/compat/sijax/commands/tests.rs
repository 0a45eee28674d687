#![allow(clippy::unwrap_used)]

use bytes::Bytes;

use super::translate;

fn translated(commands: &str) -> String {
    String::from_utf8(translate(&Bytes::from(commands.to_owned())).to_vec()).unwrap()
}

#[test]
fn s_04_what_sijax_has_goes_through_as_it_is() {
    let own = r##"[{"alert":"x","type":"alert"},{"selector":"#a","html":"<b>","setType":"append","type":"html"},{"selector":"#a","key":"x","value":1.50,"setType":"replace","type":"attr"},{"colour":"red","type":"confetti"}]"##;
    assert_eq!(translated(own), own);
    assert_eq!(translated("[]"), "[]");
}

#[test]
fn s_04_what_only_comet_has_is_said_in_sijax_words() {
    for (own, wanted) in [
        (
            r##"{"selector":"#a","text":"1 < 2","type":"text"}"##,
            r##"{"selector":"#a","html":"1 &lt; 2","setType":"replace","type":"html"}"##,
        ),
        (
            r##"{"selector":"#a","value":"\"x\"","type":"value"}"##,
            r##"{"selector":"#a","key":"value","value":"\"x\"","setType":"replace","type":"attr"}"##,
        ),
        (
            r##"{"selector":"#a","html":"<b>","setType":"morph","type":"html"}"##,
            r##"{"selector":"#a","html":"<b>","setType":"replace","type":"html"}"##,
        ),
        (
            r##"{"selector":"#a","class":"b c","type":"add_class"}"##,
            r##"{"script":"jQuery(\"#a\").addClass(\"b c\");","type":"script"}"##,
        ),
        (
            r##"{"selector":"#a","html":"<b>","type":"before"}"##,
            r##"{"script":"jQuery(\"#a\").before(\"<b>\");","type":"script"}"##,
        ),
        (
            r##"{"selector":"#a","type":"focus"}"##,
            r##"{"script":"jQuery(\"#a\").first().trigger(\"focus\");","type":"script"}"##,
        ),
        (
            r##"{"selector":"#a","event":"x","detail":{"b":1,"a":[]},"type":"dispatch"}"##,
            r##"{"script":"jQuery(\"#a\").each(function () { this.dispatchEvent(new CustomEvent(\"x\", {bubbles: true, detail: {\"b\":1,\"a\":[]}})); });","type":"script"}"##,
        ),
    ] {
        assert_eq!(translated(&format!("[{own}]")), format!("[{wanted}]"));
        let among = translated(&format!(r#"[{{"alert":"x","type":"alert"}},{own}]"#));
        assert_eq!(among, format!(r#"[{{"alert":"x","type":"alert"}},{wanted}]"#));
    }
}

#[test]
fn s_05_a_redirect_is_the_script_that_sijax_sends() {
    assert_eq!(
        translated(r#"[{"redirect":"/a?b=\"c\"&d=é","type":"redirect"}]"#),
        r#"[{"script":"window.location = \"/a?b=\\\"c\\\"&d=é\";","type":"script"}]"#
    );
}
