//! The user's item stays as it is, whatever else happens.

use super::tokens;
use crate::model::Kind;
use crate::parse::without_own_attributes;
use crate::run::run;

fn kept(item: &str) -> String {
    without_own_attributes(tokens(item)).to_string()
}

#[test]
fn own_attributes_are_taken_away() {
    let item = r#"/// Docs.
        #[comet::longpoll("/b")] #[other] #[comet] pub async fn a() { #[comet] fn inner() {} }"#;
    let left = "/// Docs.\n #[other] pub async fn a() { #[comet] fn inner() {} }";
    assert_eq!(kept(item), tokens(left).to_string());
}

#[test]
fn own_attributes_are_taken_from_methods() {
    let item = r#"#[derive(X)] impl Jobs {
        #[comet("/a")] #[cfg(unix)] pub fn a(&self) { #[comet] }
        #[cfg_attr(unix, comet("/b"))] fn b() {}
        #[cfg_attr(unix, inline)] fn c() {}
    }"#;
    let left = "#[derive(X)] impl Jobs {
        #[cfg(unix)] pub fn a(&self) { #[comet] }
        fn b() {}
        #[cfg_attr(unix, inline)] fn c() {}
    }";
    assert_eq!(kept(item), tokens(left).to_string());
}

#[test]
fn items_that_are_no_handlers_stay() {
    for item in ["struct A ;", "fn broken (", "trait T { # [comet] fn a () ; }"] {
        let Ok(item) = item.parse::<proc_macro2::TokenStream>() else { continue };
        assert_eq!(without_own_attributes(item.clone()).to_string(), item.to_string());
    }
}

#[test]
fn a_body_is_not_read() {
    let item = "async fn a(page: &mut Page) { page . ; let = ] }".replace("] }", "}");
    for options in ["", "colour"] {
        let made = run(Kind::Comet, tokens(options), tokens(&item)).to_string();
        assert!(made.contains("{ page . ; let = }"), "{made}");
        assert_eq!(made.contains("compile_error"), !options.is_empty());
    }
}
