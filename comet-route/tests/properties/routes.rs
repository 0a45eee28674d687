//! Strategies: routes as text, from few words, so that they often meet.

use comet_route::{Route, Segment, normalize_path};
use proptest::prelude::*;

/// The words static segments are made of: look-alikes of each other, of parameters in a key and
/// of escapes.
pub(crate) const WORDS: [&str; 9] = ["a", "b", "a-b", "_P_", "P", "x:y", "x%3ay", "é", "_"];

fn segment() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![3 => prop::sample::select(&WORDS[..]).prop_map(Some), 2 => Just(None)]
}

/// A route of up to four segments, a third of them with a rest, some with a query.
pub(crate) fn route() -> impl Strategy<Value = Route> {
    let segments = prop::collection::vec(segment(), 0..4);
    (segments, prop::bool::weighted(0.3), 0..3).prop_map(|(segments, rest, query)| {
        let mut source = String::new();
        for (n, word) in segments.iter().enumerate() {
            source += &word.map_or(format!("/{{p{n}}}"), |word| format!("/{word}"));
        }
        if rest {
            source += "/{*rest}";
        }
        if source.is_empty() {
            source.push('/');
        }
        for n in 0..query {
            source += &format!("{}{{q{n}}}", if n == 0 { '?' } else { '&' });
        }
        Route::parse(&source).unwrap()
    })
}

/// The path with its static segments in normal form, which is also how `matchit` 0.9 spells it.
pub(crate) fn normal_pattern(route: &Route) -> String {
    let spell = |segment: &Segment| match segment {
        Segment::Static(text) => format!("/{text}"),
        Segment::Param(name) => format!("/{{{name}}}"),
        Segment::Rest(name) => format!("/{{*{name}}}"),
    };
    let pattern: String = route.segments().iter().map(spell).collect();
    if pattern.is_empty() { "/".into() } else { pattern }
}

/// Every path of up to `depth` segments from three of the words, a foreign one and the empty one,
/// in normal form.
pub(crate) fn all_paths(words: &[&str], depth: usize) -> Vec<String> {
    let mut paths = vec![String::new()];
    let mut from = 0;
    for _ in 0..depth {
        let until = paths.len();
        for at in from..until {
            for word in words {
                let path = format!("{}/{}", paths[at], normalize_path(word));
                paths.push(path);
            }
        }
        from = until;
    }
    paths
}

/// The words of the given routes, each once, with one that no route has and the empty one.
pub(crate) fn words_of<'r>(routes: impl IntoIterator<Item = &'r Route>) -> Vec<&'r str> {
    let mut words = vec!["zz", ""];
    for segment in routes.into_iter().flat_map(Route::segments) {
        if let Segment::Static(text) = segment {
            words.push(text);
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}
