//! Routes that are too large.

use comet_route::{MAX_BYTES, MAX_PLACEHOLDERS, Route};

/// Some in the path, the others in the query.
fn placeholders(count: usize) -> String {
    let path: String = (0..30).map(|n| format!("/{{p{n}}}")).collect();
    let query: Vec<_> = (30..count).map(|n| format!("{{q{n}}}")).collect();
    format!("{path}?{}", query.join("&"))
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
    assert!(Route::parse(&placeholders(MAX_PLACEHOLDERS)).is_ok());

    let source = placeholders(MAX_PLACEHOLDERS + 1);
    let error = Route::parse(&source).unwrap_err();
    assert_eq!(error.message, "a route has at most 64 placeholders");
    assert_eq!(&source[error.range], "{q64}");
    assert_eq!(error.help, "send the values in the body of the request");
}
