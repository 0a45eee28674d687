//! Several mistakes in one route: one error each, in the order of the source.

use comet_route::Route;

fn marked(source: &str) -> Vec<&str> {
    let errors = Route::parse_all(source).unwrap_err();
    errors.into_iter().map(|error| &source[error.range]).collect()
}

#[test]
fn independent_mistakes_are_all_reported() {
    assert_eq!(
        marked("a/:b/{c-d}//x y/{e:u8}?f&{*g}"),
        ["a", ":b", "{c-d}", "//", " ", "{e:u8}", "f", "{*g}"]
    );
}

#[test]
fn each_name_that_repeats_is_one() {
    assert_eq!(marked("/{a}/{b}/{a}/{b}/{a}"), ["{a}", "{b}"]);
}

#[test]
fn behind_a_lost_brace_nothing_is_said() {
    assert_eq!(marked("/{a/:b/{c-d}"), ["{a"]);
    assert_eq!(marked("/:a/b}"), ["}"]);
}

#[test]
fn parse_gives_the_first() {
    let error = Route::parse("/a//{b-c}/{*d}/").unwrap_err();
    assert_eq!(error.range, 2..4);
}
