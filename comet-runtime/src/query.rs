//! The query of a URL as names and values (<https://url.spec.whatwg.org/#urlencoded-parsing>).

use std::borrow::Cow;

/// The pairs of a query. Most are written without escapes, long cursors among them: those are handed out as they stand.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    query.split('&').filter(|pair| !pair.is_empty()).filter_map(|pair| {
        if pair.bytes().any(|byte| matches!(byte, b'%' | b'+')) {
            return form_urlencoded::parse(pair.as_bytes()).next();
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((Cow::Borrowed(name), Cow::Borrowed(value)))
    })
}

/// The same, kept for longer than the request.
pub(crate) fn owned(query: &str) -> Vec<(String, String)> {
    pairs(query).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::pairs;

    proptest! {
        #[test]
        fn pairs_are_those_of_the_standard(query in "[a-c%+=&0-9\u{e9}]{0,40}") {
            let own: Vec<_> = pairs(&query).collect();
            let standard: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
            prop_assert_eq!(own, standard);
        }
    }
}
