//! What only a linker sees: handlers of libraries, and two of them on one route. Builds small programs, offline.

#![allow(clippy::unwrap_used, clippy::panic)]

mod matrix;
mod scratch;

use scratch::{Scratch, said};

const MAIN: &str = r#"
    #[tokio::main(flavor = "current_thread")]
    async fn main() -> comet::Result {
        let app = comet::test::TestApp::new(comet::App::from_linked())?;
        println!("{}", app.get("/spoken").await.text().await);
        Ok(())
    }"#;

fn library(route: &str) -> String {
    format!(
        "#[comet::comet({route:?}, public)]\nasync fn handler() -> &'static str {{ \"spoken\" }}"
    )
}

/// Makes sure that the linker names the symbol, and in that line or below it the crates that define it.
fn told_of(text: &str, crates: [&str; 2]) {
    let at = text.find("comet_route__GET__spoken").unwrap_or_else(|| panic!("{text}"));
    let line = text[..at].rfind('\n').unwrap_or_default();
    assert!(crates.iter().all(|name| text[line..].contains(name)), "{text}");
}

#[test]
fn a_library_that_is_mentioned_or_expected_is_served_and_one_that_is_not_is_missed() {
    let looked = MAIN.replace("from_linked()", "from_linked().expect_handlers([\"spoken\"])");
    let scratch = Scratch::new(
        "mention",
        &[
            ("spoken", &[], "lib.rs", library("/spoken")),
            ("mentioned", &["spoken"], "main.rs", format!("use spoken as _;{MAIN}")),
            ("expected", &["spoken"], "main.rs", format!("comet::expect_handlers![spoken];{MAIN}")),
            ("forgotten", &["spoken"], "main.rs", MAIN.to_owned()),
            ("looked", &["spoken"], "main.rs", looked),
        ],
    );
    for served in ["mentioned", "expected"] {
        let run = scratch.cargo(&["run", "--package", served]);
        assert!(run.status.success(), "{}", said(&run));
        assert_eq!(String::from_utf8_lossy(&run.stdout), "spoken\n");
    }

    let forgotten = scratch.cargo(&["run", "--package", "forgotten"]);
    assert!(!forgotten.status.success());
    assert!(said(&forgotten).contains("`use my_handlers as _;`"), "{}", said(&forgotten));

    let looked = scratch.cargo(&["run", "--package", "looked"]);
    let text = said(&looked);
    assert!(!looked.status.success());
    assert!(text.contains("the crate `spoken` has no handler"), "{text}");
    assert!(
        text.contains("looked/src/main.rs:4:") && text.contains("`use spoken as _;`"),
        "{text}"
    );
}

#[test]
fn two_libraries_on_one_route_do_not_link() {
    let both = || format!("use north as _;\nuse south as _;{MAIN}");
    let scratch = Scratch::new(
        "duplicate",
        &[
            ("north", &[], "lib.rs", library("/spoken")),
            (
                "south",
                &[],
                "lib.rs",
                library("/spoken").replace("comet(", "comet(name = \"other\", "),
            ),
            (
                "three",
                &[],
                "lib.rs",
                library("/silent").replace("comet(", "comet(name = \"other\", "),
            ),
            ("clash", &["north", "south"], "main.rs", both()),
            ("peace", &["north", "three"], "main.rs", both().replace("south", "three")),
        ],
    );
    let clash = scratch.cargo(&["build", "--package", "clash"]);
    let text = said(&clash);
    assert!(!clash.status.success());
    told_of(&text, ["north", "south"]);

    let peace = scratch.cargo(&["run", "--package", "peace"]);
    assert!(peace.status.success(), "{}", said(&peace));
}

#[test]
fn two_libraries_on_one_route_are_refused_at_cargo_check_where_they_are_listed() {
    let listed = "comet::assert_routes![one::handler, two::Other];\nfn main() {}";
    let two = "pub struct Other;\n#[comet::comet(public)]\nimpl Other {\n\
        #[comet(\"/spoken/{name}\")]\npub async fn say(&self, name: String) { drop(name) } }";
    let public = |route| library(route).replace("async fn", "pub async fn");
    let taking =
        library("/spoken/{id}").replace("async fn handler()", "pub async fn handler(id: u8)");
    let scratch = Scratch::new(
        "listed",
        &[
            ("one", &[], "lib.rs", taking.replace("{ \"", "{ let _ = id; \"")),
            ("two", &[], "lib.rs", two.to_owned()),
            ("three", &[], "lib.rs", public("/spoken")),
            ("clash", &["one", "two"], "main.rs", listed.to_owned()),
            ("peace", &["three", "two"], "main.rs", listed.replace("one::", "three::")),
        ],
    );
    let clash = scratch.cargo(&["check", "--package", "clash"]);
    let text = said(&clash);
    assert!(!clash.status.success());
    assert!(text.contains("two handlers answer GET /spoken/{name}:"), "{text}");
    assert!(text.contains("`handler` at one/src/lib.rs:2:14, \"/spoken/{id}\""), "{text}");
    assert!(text.contains("`Other::say` at two/src/lib.rs:5:14, \"/spoken/{name}\""), "{text}");

    let peace = scratch.cargo(&["check", "--package", "peace"]);
    assert!(peace.status.success(), "{}", said(&peace));
}
