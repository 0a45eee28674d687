//! What the macros accept and what they refuse, with the compiler's own words.

/// Programs that must compile and run.
#[test]
fn accepted() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
}
