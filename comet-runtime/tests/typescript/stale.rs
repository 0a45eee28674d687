//! What somebody is told whose file is not what the handlers say.

use std::fs;
use std::path::Path;

use comet::TypeScript;

const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

#[test]
fn what_is_stale_says_where_and_how_to_write_it() {
    let file = TypeScript::new(FOLDER, "shop", "stale.js").group("renamed");
    let [(script, text), (types, declared)] = file.contents().unwrap().try_into().unwrap();
    let why = || file.check().unwrap_err().to_string();
    let _none_yet = fs::remove_file(&script);
    fs::write(&types, declared.replace("amount: number", "quantity: number")).unwrap();
    let command = "to write it: COMET_TYPESCRIPT=write cargo test -p shop typescript";

    let absent = why();
    assert!(absent.contains("stale.js` cannot be read") && absent.ends_with(command), "{absent}");

    fs::write(&script, text.replace('\n', "\r\n")).unwrap();
    let stale = why();
    let old = "- export type Order = { item: string; quantity: number };";
    let new = "+ export type Order = { item: string; amount: number };";
    assert!(stale.contains(&format!("from line 5 on:\n{old}\n{new}\n{command}")), "{stale}");

    fs::write(&types, declared).unwrap();
    file.check().unwrap();
    assert_eq!(types, Path::new(FOLDER).join("stale.d.ts"));
}
