//! A table picks the route, and the values, that precedence says; `matchit` agrees as far as it goes.

use comet_route::{Conflict, Found, Route, Table, decode, normalize_path};
use proptest::prelude::*;

use crate::routes::{all_paths, normal_pattern, route, words_of};

type Answer<'a> = Option<(usize, Vec<(&'a str, &'a str)>)>;

/// Fills a table in the given order; leaves out equal shapes, having seen them refused.
fn build(routes: Vec<Route>) -> (Table<usize>, Vec<Route>) {
    let mut table = Table::new();
    let mut held: Vec<Route> = Vec::new();
    for route in routes {
        let equal = held.iter().find(|held| held.shape() == route.shape());
        let conflict = equal
            .map(|held| Conflict { held: held.source().into(), refused: route.source().into() });
        assert_eq!(table.insert(&route, held.len()).err(), conflict);
        if conflict.is_none() {
            held.push(route);
        }
    }
    assert!(table.routes().eq(held.iter().zip(&(0..held.len()).collect::<Vec<_>>())));
    (table, held)
}

fn expected<'a>(routes: &'a [Route], path: &'a str) -> Answer<'a> {
    (0..routes.len())
        .filter_map(|n| Some((n, routes[n].matches(path)?)))
        .min_by(|(a, _), (b, _)| routes[*a].cmp_precedence(&routes[*b]))
}

/// A path of every mix of the routes' words, and of a longer path than any route.
fn paths(routes: &[Route]) -> Vec<String> {
    let words = words_of(routes);
    let mut paths = all_paths(&words[..words.len().min(6)], 4);
    paths.extend(["a", "//", "/a/b/a/b/a/b", "/b/b/b/b/b/"].map(Into::into));
    paths
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_table_picks_what_precedence_says(routes in prop::collection::vec(route(), 1..12)) {
        let (table, routes) = build(routes);
        for path in paths(&routes) {
            let found = table.at(&path).map(|Found { route, value, values, .. }| {
                assert_eq!(route, &routes[*value]);
                (*value, values)
            });
            prop_assert_eq!(found, expected(&routes, &path), "for {:?}", path);
        }
    }

    #[test]
    fn matchit_agrees(routes in prop::collection::vec(route(), 1..12)) {
        let mut router = matchit::Router::new();
        let mut table = Table::new();
        let mut held = Vec::new();
        for route in routes {
            if router.insert(normal_pattern(&route), held.len()).is_ok() {
                table.insert(&route, held.len()).expect("what matchit takes has no equal shape");
                held.push(route);
            }
        }
        for path in paths(&held) {
            let found = table.at(&path).map(|found| (*found.value, found.values));
            let theirs = router.at(&path).ok();
            let theirs: Answer<'_> = theirs.map(|it| (*it.value, it.params.iter().collect()));
            prop_assert_eq!(found, theirs, "for {:?}", path);
        }
    }

    #[test]
    fn the_winner_beats_the_others(
        routes in prop::collection::vec(route(), 2..8), at in any::<prop::sample::Index>()
    ) {
        let (table, routes) = build(routes);
        let paths = paths(&routes);
        let path = at.get(&paths);
        if let Some(winner) = table.at(path) {
            for (n, loser) in routes.iter().enumerate() {
                if n != *winner.value && loser.matches(path).is_some() {
                    prop_assert!(winner.route.beats(loser));
                }
            }
        }
    }
}

#[test]
fn spellings_of_one_path_find_one_route() {
    let mut table = Table::new();
    table.insert(&Route::parse("/café/{id}/~x").unwrap(), ()).unwrap();
    for path in ["/café/7/~x", "/caf%c3%a9/7/~x", "/caf%C3%A9/7/%7ex", "/c%61fé/%37/%7Ex"] {
        let normal = normalize_path(path);
        let found = table.at(&normal).unwrap_or_else(|| panic!("no match for {path}"));
        let [("id", raw)] = found.values[..] else { panic!("{:?}", found.values) };
        assert_eq!(decode(raw).unwrap(), "7");
    }
}

#[test]
fn the_longest_routes_are_found() {
    let deep = "/a".repeat(512);
    let mut table = Table::new();
    table.insert(&Route::parse(&deep).unwrap(), "all").unwrap();
    table.insert(&Route::parse(&deep[..1020]).unwrap(), "most").unwrap();
    let at = |path: &str| table.at(path).map(|found| *found.value);
    assert_eq!(at(&deep), Some("all"));
    assert_eq!(at(&deep[..1020]), Some("most"));
    assert_eq!(at(&"/a".repeat(100_000)), None);
}

#[test]
fn a_table_suggests_the_nearest_route_that_comes_first() {
    let mut table = Table::default();
    for route in ["/tasks/{*path}", "/tasks/{id}", "/tasks/new"] {
        table.insert(&Route::parse(route).unwrap(), route.len()).unwrap();
    }
    let nearest = |path: &str| table.nearest(path).map(|(route, n)| (route.to_string(), *n));
    assert_eq!(nearest("/task/new/"), Some(("/tasks/new".into(), 10)));
    assert_eq!(nearest("/task/7"), Some(("/tasks/{id}".into(), 11)));
    assert_eq!(nearest("/task/7/log"), Some(("/tasks/{*path}".into(), 14)));
    assert_eq!(nearest(&("/tasks".to_owned() + &"s".repeat(100_000))), None);
}
