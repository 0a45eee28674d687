//! What is written for a handler.

use super::tokens;
use crate::model::Kind;
use crate::run::run;

fn made(kind: Kind, options: &str, item: &str) -> String {
    run(kind, tokens(options), tokens(item)).to_string()
}

/// The names of the macros that keep others of their name out of the crate.
fn guards(options: &str, item: &str) -> Vec<String> {
    let made = made(Kind::Comet, options, item);
    let names = made.split("macro_rules ! ").skip(1);
    names.filter_map(|rest| rest.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn each_route_and_each_name_has_a_guard() {
    assert_eq!(
        guards(r#""/a/{x}", alias = "/b/{x}""#, "async fn show(x: u8) {}"),
        ["comet_route__GET__a___P_", "comet_route__GET__b___P_", "comet_call__show"]
    );
}

#[test]
fn guards_of_different_names_and_groups_differ() {
    let options = [
        r#"name = "a-b""#,
        r#"name = "a_b""#,
        r#"name = "a_2d_b""#,
        r#"name = "a_5f_b""#,
        r#"name = "a__b""#,
        r#"name = "a-_b""#,
        r#"name = "a_b", group = "g""#,
        r#"name = "a_b", group = "g-h""#,
        r#"name = "a_b", group = "g_h""#,
        r#"name = "b", group = "g__a""#,
        r#"name = "X_a""#,
        r#"name = "G_g__a""#,
        r#"name = "a", group = "g""#,
    ];
    let mut all: Vec<_> = options.iter().flat_map(|o| guards(o, "async fn f() {}")).collect();
    assert_eq!(all.len(), options.len());
    all.sort();
    all.dedup();
    assert_eq!(all.len(), options.len(), "{all:?}");
}

#[test]
fn a_longpoll_handler_is_held() {
    let item = "async fn a() {}";
    let hold = |kind, options| {
        let made = made(kind, options, item);
        made.split_once("hold : ").map(|(_, hold)| hold.split(" ,").next().unwrap().to_owned())
    };
    assert_eq!(hold(Kind::Comet, ""), None);
    assert!(hold(Kind::LongPoll, "").unwrap().ends_with("Hold :: App"));
    let timed = made(Kind::LongPoll, "timeout = \"500ms\"", item);
    assert!(timed.contains("Hold :: For (") && timed.contains("0u64 , 500000000u32"), "{timed}");
}

#[test]
fn cfg_goes_with_everything_that_is_made_for_a_method() {
    let item = "impl Jobs { #[cfg(unix)] #[comet(\"/a\")] pub async fn a(&self) {} }";
    let made = made(Kind::Comet, "", item);
    // The method itself, two guards, the endpoint, the link, and what the block says of it.
    assert_eq!(made.matches("# [cfg (unix)]").count(), 6, "{made}");
}

#[test]
fn unit_tests_of_a_crate_have_no_link_symbols() {
    let made = made(Kind::Comet, "\"/a\"", "async fn a() {}");
    assert!(
        made.contains("# [cfg (not (test))] # [unsafe (export_name = \"comet_route__GET__a\")]"),
        "{made}"
    );
}

#[test]
fn nothing_is_registered_of_an_item_with_a_mistake() {
    let item = "impl Jobs { pub async fn good(&self) {} pub async fn bad(&mut self) {} }";
    let made = made(Kind::Comet, "", item);
    assert!(!made.contains("submit") && !made.contains("macro_rules"), "{made}");
    assert!(made.contains("fn good_url") && made.contains("fn bad_url"), "{made}");
}
