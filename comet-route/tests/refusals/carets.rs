//! The form in which a compile error shows a mistake.

use comet_route::Route;

fn rendered(source: &str) -> String {
    Route::parse(source).unwrap_err().render(source)
}

#[test]
fn carets_stand_below_the_mistake() {
    let wanted = r#"route parameters are written `{id}`, not `:id`
  "/tasks/:id/log"
          ^^^
help: write `{id}` and name the argument `id`"#;
    assert_eq!(rendered("/tasks/:id/log"), wanted);
}

#[test]
fn the_first_use_of_a_name_is_underlined() {
    let wanted = r#"`{id}` appears twice in the route
  "/{id}/log?{id}"
    ----     ^^^^
help: give each placeholder a name of its own"#;
    assert_eq!(rendered("/{id}/log?{id}"), wanted);
}

#[test]
fn something_missing_has_one_caret() {
    let empty = "a route starts with `/`\n  \"\"\n   ^\nhelp: write \"/\" for the root";
    assert_eq!(rendered(""), empty);

    let wanted = r#"the route has an empty query parameter
  "/a?{b}&&{c}"
          ^
help: write one `&` between two parameters"#;
    assert_eq!(rendered("/a?{b}&&{c}"), wanted);
}

#[test]
fn widths_are_counted_in_characters() {
    let wanted = r#"` ` is not allowed in a route
  "/für alle"
       ^
help: percent-encode it: `für%20alle`"#;
    assert_eq!(rendered("/für alle"), wanted);
}

#[test]
fn what_does_not_show_is_escaped() {
    let wanted = r#"`\t` is not allowed in a route
  "/a\tb/c"
     ^^
help: leave it out: no client sends control characters"#;
    assert_eq!(rendered("/a\tb/c"), wanted);
}

#[test]
fn messages_and_advice_stay_on_one_line() {
    for source in [
        "a\nb",
        "/a\nb?",
        "/a\n//",
        "/:a\nb",
        "/x{a\nb}",
        "/{a\nb}",
        "/{a\nb",
        "/?a\nb",
        "http://x/a\nb",
    ] {
        for error in Route::parse_all(source).unwrap_err() {
            assert_eq!(error.render(source).lines().count(), 4, "{error:?}");
        }
    }
}
