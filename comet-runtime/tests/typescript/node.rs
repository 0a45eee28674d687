//! What needs node: the compiler of TypeScript, and somebody to run JavaScript.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use comet::TypeScript;
use serde_json::{Value, json};

use crate::shop::{self, Stock};

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/typescript");
const ASSETS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets");

/// A folder with the file of a group, and with what a page's script imports it with.
fn folder(name: &str, file: &TypeScript) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _none_yet = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (path, text) in file.contents().unwrap() {
        fs::write(folder.join(path.file_name().unwrap()), text).unwrap();
    }
    fs::copy(format!("{ASSETS}/dist/comet.d.ts"), folder.join("comet.d.ts")).unwrap();
    fs::write(folder.join("comet.js"), "export const comet = {};").unwrap();
    fs::write(folder.join("package.json"), r#"{"type": "module"}"#).unwrap();
    folder
}

fn shop(path: &'static str, group: &'static str) -> TypeScript {
    TypeScript::new(HERE, "shop", path).group(group).client("./comet.js")
}

/// What `tsc --strict` says of a script in a folder.
fn compiled(folder: &Path, script: &str) -> (bool, String) {
    fs::copy(Path::new(HERE).join(script), folder.join(script)).unwrap();
    let options = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--noUnusedLocals"];
    let target = ["--target", "ES2023", "--module", "ESNext", "--moduleResolution", "Bundler"];
    let lib = ["--lib", "ES2023,ESNext.Disposable,DOM,DOM.Iterable", "--types", ""];
    let mut tsc = Command::new(format!("{ASSETS}/node_modules/.bin/tsc"));
    let tsc = tsc.args(options).args(target).args(lib).arg(script).current_dir(folder);
    let Output { status, stdout, .. } = tsc.output().expect("`npm ci` in assets/ installs tsc");
    (status.success(), String::from_utf8(stdout).unwrap())
}

#[test]
#[ignore = "needs node"]
fn everything_a_file_has_can_be_used_with_the_types_that_were_meant() {
    for (path, name) in [("shop.ts", "typescript-ts"), ("shop.js", "typescript-js")] {
        let (passes, said) = compiled(&folder(name, &shop(path, "shop")), "everything.ts");
        assert!(passes, "{path}: {said}");
    }
}

#[test]
#[ignore = "needs node"]
fn a_field_that_is_renamed_in_rust_breaks_the_page_that_uses_it() {
    let (passes, said) =
        compiled(&folder("typescript-before", &shop("shop.ts", "shop")), "page.ts");
    assert!(passes, "{said}");
    let renamed = folder("typescript-after", &shop("shop.ts", "renamed"));
    let (passes, said) = compiled(&renamed, "page.ts");
    assert!(!passes && said.contains("page.ts(4,"), "{said}");
    assert!(said.contains("'quantity' does not exist"), "{said}");
}

const HOSTILE: [&str; 20] = [
    "",
    ".",
    "..",
    "...",
    "a b",
    "a/b",
    "/",
    "//host",
    "a/../b",
    "a//b",
    "/a/",
    "%",
    "%2F",
    "+",
    "a&b=c?d#e",
    "!$&'()*+,;=:@",
    "~-._",
    "\"<>`{}|\\^",
    "\u{0}\n\u{7f}",
    "é 🌍",
];

/// The links of Rust for a value.
fn links(value: &str) -> [String; 4] {
    [
        shop::file::url(value, Some(value)).to_string(),
        shop::file::url("x", None).to_string(),
        shop::orders::url(Some(7), vec![value.to_owned(), "b".to_owned()]).to_string(),
        shop::prices::url(value).to_string(),
    ]
}

#[test]
#[ignore = "needs node"]
fn urls_and_names_of_channels_are_those_of_rust_for_any_value() {
    let folder = folder("typescript-urls", &shop("shop.js", "shop"));
    let script = "import { fileUrl, ordersUrl, pricesUrl, stockChannel } from './shop.js';
        const links = JSON.parse(process.argv[2]).map((value) => [
            fileUrl({ path: value, at: value }),
            fileUrl({ path: 'x', at: null }),
            ordersUrl({ page: 7, tags: [value, 'b'] }),
            pricesUrl({ item: value }),
            stockChannel({ town: value, item: 7 }),
        ]);
        console.log(JSON.stringify(links));";
    fs::write(folder.join("links.js"), script).unwrap();
    let values = json!(HOSTILE).to_string();
    let node = Command::new("node").args(["links.js", &values]).current_dir(&folder).output();
    let Output { stdout, stderr, .. } = node.unwrap();
    let found: Value = serde_json::from_slice(&stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&stderr)));
    for (value, found) in HOSTILE.into_iter().zip(found.as_array().unwrap()) {
        let channel = Stock::channel(value, 7).name().to_owned();
        let links = links(value).into_iter().chain([channel]).collect::<Vec<_>>();
        assert_eq!(*found, json!(links), "{value:?}");
        let named = comet::url!(shop::file, at = Some(value), path = value).to_string();
        assert_eq!(named, links[0], "{value:?}");
    }
}
