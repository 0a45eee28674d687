//! What is read of requests.

use std::sync::Arc;

use http::Method;

use crate::registry::{Endpoint, endpoint};
use crate::router::{Bound, Router};
use crate::server;

/// A router with so many endpoints, each at a route of its own with a value in it.
pub struct Routes(Router);

impl Routes {
    pub fn new(endpoints: usize) -> Self {
        let mut router = Router::default();
        for nth in 0..endpoints {
            let route: &'static str = Box::leak(format!("/area{nth}/{{id}}/log").into_boxed_str());
            let routes: &'static [&'static str] = Box::leak(Box::new([route]));
            let endpoint = Endpoint { method: "GET", routes, ..endpoint(route, "pieces") };
            let bound = Bound::new(Box::leak(Box::new(endpoint))).unwrap();
            router.add(&Arc::new(bound));
        }
        Self(router)
    }

    /// How many values the path of an endpoint has.
    pub fn at(&self, path: &str) -> usize {
        self.0
            .at(&Method::GET, path)
            .and_then(Result::ok)
            .map_or(0, |(_, values)| values.path.len())
    }
}

/// The polls of a connection, which differ in their cursor.
pub struct Polls(server::Template);

impl Polls {
    pub fn new(head: &[u8]) -> Self {
        Self(server::Template::of(head, server::Differs::Query("cursor")).unwrap())
    }

    /// The length of the cursor in a poll like the first.
    pub fn read(&self, bytes: &[u8]) -> usize {
        self.0.read(bytes).map_or(0, |(cursor, _)| cursor.len())
    }
}
