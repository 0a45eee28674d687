//! Overlap and precedence against brute force over paths.

use std::cmp::Ordering;

use comet_route::{Route, Segment};
use proptest::prelude::*;

use crate::routes::{all_paths, route, words_of};

/// What precedence means, said of two routes that match one path.
fn first_difference_prefers_the_first(a: &Route, b: &Route) -> bool {
    let rank = |segment: &Segment| match segment {
        Segment::Static(_) => 0,
        Segment::Param(_) => 1,
        Segment::Rest(_) => 2,
    };
    let mut pairs = a.segments().iter().map(rank).zip(b.segments().iter().map(rank));
    pairs.find(|(a, b)| a != b).is_some_and(|(a, b)| a < b)
}

proptest! {
    #[test]
    fn overlap_means_a_common_path(a in route(), b in route()) {
        let words = words_of([&a, &b]);
        let common = all_paths(&words[..words.len().min(6)], 4)
            .into_iter()
            .find(|path| a.matches(path).is_some() && b.matches(path).is_some());
        if let Some(path) = &common {
            prop_assert!(a.overlaps(&b), "both match {}", path);
        }
        if a.overlaps(&b) && words.len() <= 6 {
            prop_assert!(common.is_some());
        }
        prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
    }

    #[test]
    fn equal_shapes_match_the_same_paths(a in route(), b in route()) {
        let words = words_of([&a, &b]);
        let same = all_paths(&words[..words.len().min(6)], 4)
            .iter()
            .all(|path| a.matches(path).is_some() == b.matches(path).is_some());
        if a.shape() == b.shape() {
            prop_assert!(same);
        } else if words.len() <= 6 {
            prop_assert!(!same, "{} and {} match the same paths", a, b);
        }
    }

    #[test]
    fn precedence_is_an_order_by_the_first_difference(a in route(), b in route(), c in route()) {
        let order = a.cmp_precedence(&b);
        prop_assert_eq!(order, b.cmp_precedence(&a).reverse());
        prop_assert_eq!(order == Ordering::Equal, a.shape() == b.shape());
        if order == b.cmp_precedence(&c) {
            prop_assert_eq!(order, a.cmp_precedence(&c));
        }
        let wins = a.overlaps(&b) && first_difference_prefers_the_first(&a, &b);
        prop_assert_eq!(a.beats(&b), wins);
    }
}
