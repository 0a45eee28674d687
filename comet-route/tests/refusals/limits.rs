//! Routes that are too large.

use comet_route::{MAX_BYTES, MAX_PATH_PLACEHOLDERS, MAX_PLACEHOLDERS, Route};

fn query(count: usize) -> String {
    let names: Vec<_> = (0..count).map(|n| format!("{{q{n}}}")).collect();
    format!("/?{}", names.join("&"))
}

fn path(count: usize) -> String {
    (0..count).map(|n| format!("/{{p{n}}}")).collect()
}

#[test]
fn too_many_bytes() {
    assert!(Route::parse(&format!("/{}", "a".repeat(MAX_BYTES - 1))).is_ok());

    let error = Route::parse(&format!("/{}", "é".repeat(512))).unwrap_err();
    assert_eq!(error.message, "a route has at most 1024 bytes, this one has 1025");
    assert_eq!(error.range, 1023..1025, "the mark begins with a whole character");
    assert_eq!(error.help, "write a shorter route");
}

#[test]
fn too_many_placeholders() {
    assert!(Route::parse(&query(MAX_PLACEHOLDERS)).is_ok());

    let source = query(MAX_PLACEHOLDERS + 1);
    let error = Route::parse(&source).unwrap_err();
    assert_eq!(error.message, "a route has at most 64 placeholders");
    assert_eq!(&source[error.range], "{q64}");
    assert_eq!(error.help, "send the values in the body of the request");
}

#[test]
fn too_many_placeholders_for_the_router() {
    let route = Route::parse(&path(MAX_PATH_PLACEHOLDERS)).unwrap();
    let mut router = matchit::Router::new();
    assert!(router.insert(route.to_matchit(), ()).is_ok());

    let source = path(MAX_PATH_PLACEHOLDERS + 1);
    let error = Route::parse(&source).unwrap_err();
    assert_eq!(error.message, "the path of a route has at most 25 placeholders");
    assert_eq!(&source[error.range], "{p25}");
}
