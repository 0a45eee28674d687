//! What an editor sees of handlers: names in routes are names of arguments, and a line that is half written costs no more
//! than itself.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod server;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use server::{Place, Server};

const TEXT: &str = r##"use comet::{Page, comet};

#[comet("/tasks/{id}/progress?{from}")]
pub async fn progress(id: u64, from: Option<u32>, page: &mut Page) {
    page.text("#id", id).text("#from", from.unwrap_or(0));
}

#[comet("/half/{name}")]
pub async fn half(name: String, page: &mut Page) {
    page.
}

#[comet("/broken", verb = GET)]
pub async fn broken(page: &mut Page) {
    page.text("#a", "b");
}

pub async fn links(page: &mut Page) {
    broken(page).await;
    let _ = (progress::url(7, None), broken::url());
}
"##;

#[test]
#[ignore = "needs rust-analyzer and the component rust-src"]
fn an_editor_finds_its_way_in_routes_and_in_what_is_half_written() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("editor");
    let file = written(&root);
    // Comet is built where the other tests have built its dependencies.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut server = Server::start(&root, target);
    server.open(&file, TEXT);
    definition(&mut server, &file);
    references(&mut server, &file);
    rename(&mut server, &file);
    completion(&mut server, &file);
    broken(&mut server, &file);
}

/// A crate with the file, whose path is returned.
fn written(root: &Path) -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let runtime = workspace.join("comet-runtime");
    let manifest = format!(
        "package.name = \"edited\"\npackage.edition = \"2024\"\n[workspace]\n\
         [dependencies]\ncomet-runtime.path = {runtime:?}\n"
    );
    fs::create_dir_all(root.join("src")).unwrap();
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    fs::copy(workspace.join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let file = root.join("src/lib.rs");
    fs::write(&file, TEXT).unwrap();
    file
}

/// From the placeholder to the argument.
fn definition(server: &mut Server, file: &Path) {
    for (placeholder, argument) in [("{id}", "id: u64"), ("{from}", "from: Option")] {
        let there = Place::of(TEXT, "/progress?", placeholder).after(1);
        let found = server.at("textDocument/definition", file, there, &json!({}));
        let places: Vec<_> = locations(&found);
        assert!(places.contains(&Place::of(TEXT, "fn progress", argument)), "{found}");
    }
}

/// The argument is used in the route, in the signature and in the body.
fn references(server: &mut Server, file: &Path) {
    let argument = Place::of(TEXT, "fn progress", "id: u64");
    let more = json!({ "context": { "includeDeclaration": true } });
    let found = server.at("textDocument/references", file, argument, &more);
    for place in uses_of_id() {
        assert!(locations(&found).contains(&place), "{place:?} is not in {found}");
    }
}

/// A new name for the argument is one for the placeholder as well.
fn rename(server: &mut Server, file: &Path) {
    let argument = Place::of(TEXT, "fn progress", "id: u64");
    let renamed = server.at("textDocument/rename", file, argument, &json!({ "newName": "task" }));
    let files = renamed["documentChanges"].as_array().unwrap();
    let edits: Vec<&Value> = files.iter().flat_map(|of| of["edits"].as_array().unwrap()).collect();
    let mut places: Vec<_> = edits.iter().map(|edit| Place::start(&edit["range"])).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places, uses_of_id(), "{renamed}");
    assert!(edits.iter().all(|edit| edit["newText"] == "task"), "{renamed}");
}

fn uses_of_id() -> Vec<Place> {
    vec![
        Place::of(TEXT, "/progress?", "{id}").after(1),
        Place::of(TEXT, "fn progress", "id: u64"),
        Place::of(TEXT, "#from", ", id)").after(2),
    ]
}

/// In a body that does not parse yet.
fn completion(server: &mut Server, file: &Path) {
    let there = Place::of(TEXT, "    page.\n".trim_end(), "page.");
    let line = TEXT.lines().position(|line| line == "    page.").unwrap() as u64;
    let after = Place { line, ..there }.after("page.".len() as u64);
    let offered = server.at("textDocument/completion", file, after, &json!({}));
    let items = offered["items"].as_array().or_else(|| offered.as_array()).unwrap();
    let offers = |name: &str| {
        items.iter().any(|item| item["label"].as_str().is_some_and(|label| label.starts_with(name)))
    };
    for method in ["html", "text", "flush"] {
        assert!(offers(method), "`{method}` is not offered: {offered}");
    }
}

/// An option that is wrong loses neither the function nor its link.
fn broken(server: &mut Server, file: &Path) {
    let function = Place::of(TEXT, "fn broken", "broken");
    for used in ["broken(page)", "broken::url"] {
        let there = Place::of(TEXT, used, used);
        let found = server.at("textDocument/definition", file, there, &json!({}));
        assert!(locations(&found).contains(&function), "{used}: {found}");
    }
}

/// Where the ranges of an answer start, whichever of the protocol's forms it has.
fn locations(found: &Value) -> Vec<Place> {
    let found = found.as_array().map_or_else(|| vec![found.clone()], Clone::clone);
    let range = |found: &Value| match &found["targetSelectionRange"] {
        Value::Null => Place::start(&found["range"]),
        range => Place::start(range),
    };
    found.iter().map(range).collect()
}
