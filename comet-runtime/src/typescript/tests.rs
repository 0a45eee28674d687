#![allow(clippy::unwrap_used)]

use super::comments::comment;
use super::difference::difference;
use super::file::TypeScript;
use super::layout::{declaration, signature};
use super::names::camel;
use super::types::{Declared, Types};

#[test]
fn a_type_that_fits_is_on_one_line_with_bare_keys() {
    let text =
        r#"type Event = { "saved": Todo, } | { "not-done": Array<{ id: number, }>, } | "none";"#;
    let expected =
        r#"type Event = { saved: Todo } | { "not-done": Array<{ id: number }> } | "none";"#;
    assert_eq!(declaration(text), expected);
    assert_eq!(declaration("type Nothing = {  };"), "type Nothing = Record<string, never>;");
    let map = "type Of<T> = { [key in string]: Array<T> };";
    assert_eq!(declaration(map), map);
    let hostile = r#"type Kind = "a,b" | "|" | "{" | "\"}";"#;
    assert_eq!(declaration(hostile), hostile);
}

#[test]
fn a_type_that_does_not_fit_has_a_line_for_each_alternative_or_property() {
    let long = "a".repeat(60);
    let union = format!(r#"type E = {{ "{long}": number, }} | {{ "{long}": string, }};"#);
    let expected = format!("type E =\n  | {{ {long}: number }}\n  | {{ {long}: string }};");
    assert_eq!(declaration(&union), expected);
    let object = format!("type O = {{ {long}: number, other{long}: [number, string], }};");
    let expected = format!("type O = {{\n  {long}: number;\n  other{long}: [number, string];\n}};");
    assert_eq!(declaration(&object), expected);
}

#[test]
fn comments_of_properties_stay_with_them() {
    let text = "type O = { \n/**\n * In Martian pounds.\n */\nprice: number, \n/**\n * One.\n * Two.\n */\nat: { of: string, }, };";
    let expected = "type O = {\n  /** In Martian pounds. */\n  price: number;\n  /**\n   * One.\n   * Two.\n   */\n  at: { of: string };\n};";
    assert_eq!(declaration(text), expected);
}

#[test]
fn comments_are_wrapped_and_cannot_be_ended_from_inside() {
    assert_eq!(comment("", ""), "");
    assert_eq!(comment("a */ b", ""), "/** a * / b */\n");
    let long = comment(&"word ".repeat(30), "  ");
    assert!(long.lines().all(|line| line.len() <= 100 && line.starts_with("  ")), "{long}");
    assert_eq!(long.lines().count(), 4);
}

#[test]
fn parameters_that_do_not_fit_have_a_line_each() {
    let parameters = ["a: number".to_owned(), format!("b: {}", "B".repeat(90))];
    let long = signature("function f", &parameters, ": void {");
    assert_eq!(long, format!("function f(\n  a: number,\n  b: {},\n): void {{", "B".repeat(90)));
    assert_eq!(signature("function f", &parameters[..1], ";"), "function f(a: number);");
}

#[test]
fn functions_have_names_that_the_language_leaves() {
    let names = ["jobs_start", "TodoEvent", "a-b_c", "import", "7up", "query", "__a"];
    let expected = ["jobsStart", "todoEvent", "aBC", "import_", "_7up", "query_", "a"];
    assert_eq!(names.map(camel), expected);
}

#[test]
fn a_value_of_a_url_is_what_display_writes() {
    let mut types = Types::default();
    for (name, text) in [
        ("Slug", "type Slug = string;"),
        ("Kind", r#"type Kind = "a" | "b";"#),
        ("Id", "type Id = number;"),
    ] {
        let declared = Declared { rust: "", docs: String::new(), text: text.to_owned() };
        types.declared.insert(name.to_owned(), declared);
    }
    let cases = [
        ("number", false, "number"),
        ("Slug", false, "Slug"),
        ("Kind | null", true, "Kind | null"),
        ("Id", false, "string | number"),
        ("Array<Id>", true, "Array<string | number>"),
        ("Missing", false, "string | number"),
    ];
    for (name, in_query, expected) in cases {
        assert_eq!(types.in_url(Some(name), in_query), expected, "{name}");
    }
    assert_eq!(types.in_url(None, true), "string | number | boolean | null");
}

#[test]
fn a_difference_is_the_lines_from_the_first_to_the_last() {
    assert_eq!(difference("a\nb\nc\nd", "a\nB\nc\nd"), "from line 2 on:\n- b\n+ B\n");
    assert_eq!(difference("a\nd", "a\nb\nc\nd"), "from line 2 on:\n+ b\n+ c\n");
    let long = difference(&"x\n".repeat(20), "");
    assert!(
        long.starts_with("from line 1 on:\n- x\n") && long.ends_with("- … 12 more\n"),
        "{long}"
    );
}

#[test]
fn what_cannot_be_written_says_why() {
    let of = |path| TypeScript::new("/nowhere", "shop", path).group("typescript-nobody");
    let why = |file: &TypeScript| file.contents().unwrap_err().to_string();
    assert!(why(&of("api.rs")).contains("ends with neither `.ts` nor `.js`"));
    assert!(why(&of("api.d.ts")).contains("ends with neither"));
    assert!(why(&of("api.ts")).contains("no handler and no channel is linked"));
    let absent = why(&of("api.ts").crates(["shop"]));
    assert!(absent.contains("the crate `shop` has no handler and no channel"), "{absent}");
}
