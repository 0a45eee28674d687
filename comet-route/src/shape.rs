//! Names for what a route matches: its shape and its key.

use std::fmt::Write;

use crate::percent::{Unit, units};
use crate::route::{Route, Segment};

impl Route {
    /// The path in the form in which names of parameters do not matter: `/tasks/{}/log`, a rest is
    /// `{*}`. Two routes of equal shape match exactly the same paths. The query is no part of it.
    ///
    /// ```
    /// use comet_route::Route;
    /// assert_eq!(Route::parse("/tasks/{id}/log?{after}")?.shape(), "/tasks/{}/log");
    /// assert_eq!(Route::parse("/files/{*path}")?.shape(), "/files/{*}");
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn shape(&self) -> String {
        let mut shape = String::new();
        for segment in &self.segments {
            shape.push('/');
            shape.push_str(match segment {
                Segment::Static(text) => text,
                Segment::Param(_) => "{}",
                Segment::Rest(_) => "{*}",
            });
        }
        if shape.is_empty() { "/".into() } else { shape }
    }

    /// A Rust identifier (ASCII) that is the same for two endpoints exactly when they clash: equal
    /// group, equal method and equal [shape](Route::shape).
    ///
    /// Parts are joined by `__`; `_P_` is a parameter, `_R_` a rest, `_G_` precedes a group that is
    /// not empty, and any other byte that is not a letter or digit is `_` with two lower-case hex
    /// digits and `_`. None of these begins like another, so a key reads back in one way only.
    /// Escapes of bytes beyond ASCII lose their percent sign for legibility.
    ///
    /// ```
    /// use comet_route::Route;
    /// let route = Route::parse("/tasks/{id}/progress")?;
    /// assert_eq!(route.key("", "GET"), "comet_route__GET__tasks___P___progress");
    /// assert_eq!(route.key("tests", "GET"), "comet_route_G_tests__GET__tasks___P___progress");
    /// assert_eq!(Route::parse("/a-b")?.key("", "PUT"), "comet_route__PUT__a_2d_b");
    /// # Ok::<(), comet_route::ParseError>(())
    /// ```
    #[must_use]
    pub fn key(&self, group: &str, method: &str) -> String {
        let mut key = String::from("comet_route");
        if !group.is_empty() {
            key.push_str("_G_");
            push_word(&mut key, group.bytes());
        }
        key.push_str("__");
        push_word(&mut key, method.bytes());
        for segment in &self.segments {
            key.push_str("__");
            match segment {
                Segment::Static(text) => push_static(&mut key, text),
                Segment::Param(_) => key.push_str("_P_"),
                Segment::Rest(_) => key.push_str("_R_"),
            }
        }
        key
    }
}

/// `text` is in normal form: a byte beyond ASCII appears as an escape only, so it may stand for
/// it; an escaped ASCII byte keeps its `%`, because `:` and `%3A` are different.
fn push_static(key: &mut String, text: &str) {
    for (at, unit) in units(text) {
        match unit {
            Unit::Literal(byte) => push_word(key, [byte]),
            Unit::Escape(byte) if !byte.is_ascii() => push_word(key, [byte]),
            Unit::Escape(_) => push_word(key, text.bytes().skip(at).take(3)),
            Unit::Stray => push_word(key, [b'%']),
        }
    }
}

fn push_word(key: &mut String, bytes: impl IntoIterator<Item = u8>) {
    for byte in bytes {
        if byte.is_ascii_alphanumeric() {
            key.push(char::from(byte));
        } else {
            let _infallible = write!(key, "_{byte:02x}_");
        }
    }
}
