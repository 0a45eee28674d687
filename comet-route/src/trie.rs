//! The routes of a table as a tree of segments.

use std::collections::BTreeMap;

use crate::matching::split_segment;
use crate::route::Segment;

/// What may follow a common beginning of routes. The ends of routes are indices into the table's
/// entries.
///
/// Static segments are in a sorted map, not a hash map: a comparison stops at the first byte that
/// differs, so a long segment of a request costs no more than the table's own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    here: Option<usize>,
    statics: BTreeMap<String, Node>,
    param: Option<Box<Node>>,
    rest: Option<usize>,
}

impl Node {
    /// The place where a route of these segments ends; the nodes on the way are made.
    pub(crate) fn end_of(&mut self, segments: &[Segment]) -> &mut Option<usize> {
        let mut node = self;
        for segment in segments {
            node = match segment {
                Segment::Static(text) => node.statics.entry(text.clone()).or_default(),
                Segment::Param(_) => node.param.get_or_insert_default(),
                Segment::Rest(_) => return &mut node.rest,
            };
        }
        &mut node.here
    }

    /// The end that a path leads to; `self` is the root. Calls `enter` at every node it looks into,
    /// which is how the tests count its work.
    pub(crate) fn find(&self, path: &str, enter: &mut impl FnMut()) -> Option<usize> {
        match path {
            "" => None,
            "/" => self.below("", enter),
            _ => self.below(path, enter),
        }
    }

    /// `left` is what is left of the path: nothing, or from a slash on. Recursion ends with the
    /// longest route, not with the path.
    fn below(&self, left: &str, enter: &mut impl FnMut()) -> Option<usize> {
        enter();
        if left.is_empty() {
            return self.here;
        }
        let left = left.strip_prefix('/')?;
        let (piece, behind) = split_segment(left);
        let fixed = self.statics.get(piece);
        let param = self.param.as_deref().filter(|_| !piece.is_empty());
        fixed
            .and_then(|node| node.below(behind, enter))
            .or_else(|| param?.below(behind, enter))
            .or_else(|| self.rest.filter(|_| !left.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::Node;
    use crate::Route;

    /// The nodes that a look-up enters, and whether it finds something.
    fn look_up(root: &Node, path: &str) -> (usize, bool) {
        let mut entered = 0;
        let found = root.find(path, &mut || entered += 1);
        (entered, found.is_some())
    }

    fn tree(routes: &[String]) -> Node {
        let mut root = Node::default();
        for (n, route) in routes.iter().enumerate() {
            *root.end_of(Route::parse(route).unwrap().segments()) = Some(n);
        }
        root
    }

    fn size(node: &Node) -> usize {
        let children = node.statics.values().chain(node.param.as_deref());
        1 + children.map(size).sum::<usize>()
    }

    /// `/a` or a parameter at each of `depth` places, in every combination, then `/end`.
    fn every_mix(depth: u32) -> Vec<String> {
        let segment = |mix: u32, n| {
            if mix >> n & 1 == 0 { "/a".to_owned() } else { format!("/{{p{n}}}") }
        };
        let path = |mix| (0..depth).map(|n| segment(mix, n)).collect::<String>() + "/end";
        (0..1 << depth).map(path).collect()
    }

    #[test]
    fn the_root_is_not_the_empty_path() {
        let root = tree(&["/".to_owned()]);
        assert_eq!(look_up(&root, "/"), (1, true));
        assert_eq!(look_up(&root, ""), (0, false));
    }

    #[test]
    fn no_path_enters_a_node_twice() {
        let root = tree(&every_mix(8));
        let missed = "/a".repeat(8) + "/other";
        assert_eq!(look_up(&root, &missed), ((1 << 9) - 1, false), "every node but the ends");
        let found_last = "/b".repeat(8) + "/end";
        assert_eq!(look_up(&root, &found_last), (10, true), "one way down");
        for longer in [9, 100, 100_000] {
            let (entered, found) = look_up(&root, &"/a".repeat(longer));
            assert!(!found && entered <= size(&root), "{entered} nodes for {longer} segments");
        }
    }

    #[test]
    fn one_parameter_beside_a_static_segment_costs_one_more_way() {
        let chain: String = (0..20).map(|n| format!("/{{p{n}}}")).collect();
        let root = tree(&[chain, "/a".repeat(20)]);
        assert_eq!(look_up(&root, &"/a".repeat(20)), (21, true));
        assert_eq!(look_up(&root, &("/a".repeat(19) + "/b")), (41 - 1, true));
        assert_eq!(look_up(&root, &"/a".repeat(100_000)), (41, false));
    }

    #[test]
    fn long_paths_cost_as_much_as_the_longest_route() {
        let routes = ["/a/{x}", "/a/{*rest}", "/{x}/{y}", "/{*all}"].map(str::to_owned);
        let root = tree(&routes);
        for path in
            ["/a".repeat(500_000), "/".repeat(1_000_000), "/".to_owned() + &"x".repeat(1_000_000)]
        {
            let (entered, found) = look_up(&root, &path);
            assert!(found && entered <= size(&root), "{entered} nodes");
        }
    }
}
