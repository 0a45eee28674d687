//! The run-time router agrees: `matchit` picks the route, and the values, that precedence says.

use std::collections::BTreeSet;

use comet_route::{Route, decode, normalize_path};
use matchit::Router;
use proptest::prelude::*;

use crate::routes::{all_paths, route, words_of};

/// Fills a router in the given order; leaves out what conflicts, having seen it refused.
fn build(routes: Vec<Route>) -> (Router<usize>, Vec<Route>) {
    let mut router = Router::new();
    let mut table: Vec<Route> = Vec::new();
    for route in routes {
        let conflict = table.iter().find(|held| held.conflicts_with(&route));
        let inserted = router.insert(route.to_matchit(), table.len());
        assert_eq!(inserted.is_err(), conflict.is_some(), "{route} with {conflict:?}");
        if inserted.is_ok() {
            table.push(route);
        }
    }
    (router, table)
}

fn expected<'a>(table: &'a [Route], path: &'a str) -> Option<(usize, Vec<(&'a str, &'a str)>)> {
    (0..table.len())
        .filter_map(|n| Some((n, table[n].matches(path)?)))
        .min_by(|(a, _), (b, _)| table[*a].cmp_precedence(&table[*b]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn matchit_picks_what_precedence_says(routes in prop::collection::vec(route(), 1..12)) {
        let (router, table) = build(routes);
        let words: BTreeSet<_> = words_of(&table).into_iter().take(5).chain(["", "zz"]).collect();
        let words: Vec<_> = words.into_iter().collect();
        for path in all_paths(&words, 4) {
            let found = router.at(&path).ok();
            let found = found.map(|found| (*found.value, found.params.iter().collect::<Vec<_>>()));
            prop_assert_eq!(found, expected(&table, &path), "for {:?}", path);
        }
    }

    #[test]
    fn precedence_is_what_beats_says(routes in prop::collection::vec(route(), 2..8), at in 0..500_usize) {
        let (_, table) = build(routes);
        let words = words_of(&table);
        let paths = all_paths(&words[..words.len().min(5)], 3);
        let path = &paths[at % paths.len()];
        if let Some((winner, _)) = expected(&table, path) {
            for (n, loser) in table.iter().enumerate() {
                if n != winner && loser.matches(path).is_some() {
                    prop_assert!(table[winner].beats(loser));
                }
            }
        }
    }
}

#[test]
fn spellings_of_one_path_find_one_route() {
    let route = Route::parse("/café/{id}/~x").unwrap();
    let mut router = Router::new();
    router.insert(route.to_matchit(), ()).unwrap();
    for path in ["/café/7/~x", "/caf%c3%a9/7/~x", "/caf%C3%A9/7/%7ex", "/c%61fé/%37/%7Ex"] {
        let normal = normalize_path(path);
        let found = router.at(&normal).unwrap_or_else(|_| panic!("no match for {path}"));
        assert_eq!(decode(found.params.get("id").unwrap()).unwrap(), "7");
    }
}
