//! What is written for one item of each shape, as a file in `expansions/` that a reader can follow. `COMET_UPDATE=1` writes
//! them anew.

use std::fs;
use std::path::{Path, PathBuf};

use super::tokens;
use crate::channel;
use crate::model::Kind;
use crate::run::run;

/// No endpoint of an expansion has more, the user's own lines aside: the compiler reads all of it at every check.
const MOST_LINES: usize = 75;

/// With the feature the types of what crosses the wire are noted as well.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/expansions/");
const WITH: &str = if cfg!(feature = "typescript") { "typescript" } else { "plain" };

enum Attribute {
    Comet,
    LongPoll,
    Channel,
}

use Attribute::{Channel, Comet, LongPoll};

/// A name, the attribute with its options, and what it stands on.
const ITEMS: [(&str, Attribute, &str, &str); 9] = [
    (
        "page",
        Comet,
        "public",
        "/// Imports rows.\nasync fn import(rows: u32, page: &mut Page) -> comet::Result { body }",
    ),
    (
        "route",
        Comet,
        r#""/tasks/{id}/progress?{from}""#,
        "pub async fn progress(id: u64, from: Option<u32>, page: &mut Page) { body }",
    ),
    (
        "rest",
        Comet,
        r#""/files/{*path}", method = POST, name = "read""#,
        "pub async fn file(path: &str, user: User) -> Vec<u8> { body }",
    ),
    (
        "events",
        Comet,
        r#""/ticker/{symbol}", resume = "30s", group = "market""#,
        "async fn ticker(symbol: Symbol, out: &mut Events<Quote>) -> comet::Result { body }",
    ),
    ("stream", Comet, r#""/clock", public"#, "fn clock() -> impl Stream<Item = Tick> { body }"),
    (
        "longpoll",
        LongPoll,
        r#""/clicks?{after}", timeout = "150s", on_timeout = nothing_new, public"#,
        "async fn wait(after: Option<Cursor>, mut clicks: Subscription<Clicks>) -> Json<Clicks> { body }",
    ),
    (
        "several-routes",
        Comet,
        r#""/a/{x}", alias = "/b/{x}", link = false"#,
        r#"#[longpoll("/c/{x}")] async fn show(x: u8) { body }"#,
    ),
    (
        "block",
        Comet,
        r#"prefix = "/jobs""#,
        r#"impl Jobs {
            pub async fn start(&self, file: String, page: &mut Page) -> comet::Result { body }
            #[cfg(unix)]
            #[longpoll("/{id}/done", timeout = "20s")]
            pub async fn done(&self, id: u64) -> Result<Json<Outcome>, JobError> { body }
        }"#,
    ),
    (
        "channel",
        Channel,
        r#""todos/{list}", list: u64, history = 256, on_gap = snapshot, access = may_watch"#,
        "pub enum TodoEvent { Saved(Todo), Deleted { id: i64 } }",
    ),
];

fn file(name: &str) -> PathBuf {
    Path::new(FOLDER).join(WITH).join(name).with_extension("rs")
}

/// What the attribute makes of the item, printed as code; the user's own lines stand above it.
fn expanded(attribute: &Attribute, options: &str, item: &str) -> String {
    let own = tokens(item);
    let (word, made) = match attribute {
        Comet => ("comet", run(Kind::Comet, tokens(options), own)),
        LongPoll => ("longpoll", run(Kind::LongPoll, tokens(options), own)),
        Channel => ("channel", channel::run(tokens(options), &own)),
    };
    let file = syn::parse2(made).expect("an expansion is Rust");
    let item: Vec<_> = item.lines().map(|line| format!("// {}\n", line.trim())).collect();
    format!("// #[{word}({options})]\n{}\n{}", item.concat(), prettyplease::unparse(&file))
}

#[test]
fn expansions_are_as_they_were_read_last() {
    let update = std::env::var_os("COMET_UPDATE").is_some();
    for (name, attribute, options, item) in &ITEMS {
        let now = expanded(attribute, options, item);
        if update {
            fs::write(file(name), &now).unwrap();
        }
        let read = fs::read_to_string(file(name)).unwrap_or_default();
        assert!(
            read == now,
            "expansions/{WITH}/{name}.rs differs; if it should, COMET_UPDATE=1 writes it:\n{now}"
        );
    }
}

#[test]
fn expansions_are_short() {
    for (name, attribute, options, item) in &ITEMS {
        let made = expanded(attribute, options, item);
        let lines = |text: &str| text.lines().filter(|line| !line.starts_with("// ")).count();
        let own = lines(&prettyplease::unparse(&syn::parse_str(&own(item)).unwrap()));
        let endpoints = made.matches("::endpoint(").count().max(1);
        let each = (lines(&made) - own) / endpoints;
        assert!(each <= MOST_LINES, "{name} has {each} lines for each endpoint");
    }
}

/// The item as the expansion has it.
fn own(item: &str) -> String {
    crate::parse::without_own_attributes(tokens(item)).to_string()
}

#[test]
fn nothing_else_is_there() {
    let files = fs::read_dir(Path::new(FOLDER).join(WITH)).unwrap().count();
    assert_eq!(files, ITEMS.len());
}
