//! What is written into a page.

use super::*;

#[channel("rooms/{room}", room: String, public, group = "first-paint")]
#[derive(serde::Serialize)]
struct Said;

#[test]
fn no_name_breaks_out_of_its_attribute() {
    let live = Said::channel("a\"b'c&d<e>f g/ü").live();
    let cursor = live.cursor();
    let wanted = format!(
        "data-comet-channel=\"rooms/a%22b&#39;c&amp;d%3Ce%3Ef%20g%2F%C3%BC\" data-comet-cursor=\"{cursor}\""
    );
    assert_eq!(live.to_string(), wanted);
    assert_eq!(live.attributes().as_str(), wanted);
}

#[test]
fn a_script_of_the_page_gets_json() {
    let live = Put::channel(8).live();
    let wanted = serde_json::json!({"channel": "boards/8", "cursor": live.cursor().to_string()});
    assert_eq!(serde_json::to_value(&live).unwrap(), wanted);
}

#[cfg(feature = "maud")]
#[test]
fn maud_writes_the_attributes() {
    let live = Put::channel(9).live();
    let made = maud::html! {
        p data-comet-channel=(live.channel()) data-comet-cursor=(live.cursor()) { (comet::Html::escape("<")) }
    };
    assert_eq!(made.into_string(), format!("<p {live}>&lt;</p>"));
}

#[cfg(feature = "askama")]
#[test]
fn askama_writes_the_attributes() {
    #[derive(askama::Template)]
    #[template(source = "<p {{ live }}>{{ html }}{{ text }}</p>", ext = "html")]
    struct Page {
        live: Live,
        html: comet::Html,
        text: &'static str,
    }
    let live = Put::channel(10).live();
    let page = Page { live: live.clone(), html: comet::Html::trusted("<b>"), text: "<" };
    let made = comet::Html::askama(&page).unwrap();
    assert_eq!(made.as_str(), format!("<p {live}><b>&#60;</p>"));
}
