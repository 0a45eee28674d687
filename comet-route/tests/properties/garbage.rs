//! No text whatever makes the crate panic, and every refusal can be shown.

use comet_route::{Prefix, Route, Table, decode, nearest, nearest_route, normalize_path};
use proptest::prelude::*;

use crate::routes::normal_pattern;

/// Any text, and text made of the grammar's own characters.
fn garbage() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        r"/?([a-z{}*/?&:<>.%#= \n\[\]@_é\u{200b}-]|\{id\}|%[0-9a-f]{2}){0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5000))]

    #[test]
    fn parsing_accepts_or_explains(source in garbage()) {
        match Route::parse_all(&source) {
            Ok(route) => {
                prop_assert_eq!(route.source(), &source);
                prop_assert_eq!(&Route::parse(&source).unwrap(), &route);
                for placeholder in route.names() {
                    prop_assert_eq!(source[placeholder.range()].trim_matches(['{', '*', '}']), placeholder.name());
                }
            }
            Err(errors) => {
                prop_assert!(!errors.is_empty());
                prop_assert!(errors.is_sorted_by_key(|error| error.range.start));
                prop_assert_eq!(&Route::parse(&source).unwrap_err(), &errors[0]);
                for error in errors {
                    prop_assert!(source.get(error.range.clone()).is_some());
                    prop_assert!(!error.message.is_empty() && !error.help.is_empty());
                    let rendered = error.render(&source);
                    prop_assert_eq!(rendered.lines().count(), 4, "{}", rendered);
                    prop_assert!(rendered.lines().nth(2).unwrap().contains('^'));
                }
            }
        }
    }

    #[test]
    fn an_accepted_route_is_accepted_in_normal_form(source in garbage()) {
        if let Ok(route) = Route::parse(&source) {
            let normal = Route::parse(&normal_pattern(&route)).unwrap();
            prop_assert_eq!(normal.segments(), route.segments());
            prop_assert_eq!(normal_pattern(&normal), normal.source());
        }
    }

    #[test]
    fn reading_never_panics(a in garbage(), b in garbage()) {
        let route = Route::parse("/a/{x}/{*y}").unwrap();
        let _values = route.matches(&a);
        let _values = route.matches(&normalize_path(&a));
        let mut table = Table::new();
        table.insert(&route, ()).unwrap();
        prop_assert_eq!(table.at(&a).map(|found| found.values), route.matches(&a));
        let _text = decode(&a);
        let _prefix = Prefix::parse(&a);
        prop_assert!(nearest_route(&a, []).is_none());
        prop_assert!(nearest_route(&a, [&route]).is_none_or(|found| found == &route));
        prop_assert_eq!(nearest(&a, [a.as_str(), &b]), Some(a.as_str()));
    }
}
