//! What an app has: the table of routes for `--routes` and for the log, the same as values, and what each crate gave.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::channel::Declaration;
use crate::registry::{Access, Endpoint, crate_of};

/// A line for each crate, sorted: how many handlers and channels the app has of it. A crate that was forgotten is missed
/// here.
pub(super) fn contributions(
    endpoints: &[&'static Endpoint],
    channels: &[&'static Declaration],
) -> Vec<String> {
    let mut crates: BTreeMap<_, (BTreeSet<_>, usize)> = BTreeMap::new();
    for Endpoint { module, handler, at, .. } in endpoints.iter().copied() {
        // A handler with several attributes is several endpoints.
        crates.entry(crate_of(module)).or_default().0.insert((handler, at));
    }
    for Declaration { module, .. } in channels.iter().copied() {
        crates.entry(crate_of(module)).or_default().1 += 1;
    }
    let line = |(name, (handlers, channels)): (&str, (BTreeSet<_>, usize))| {
        format!("crate `{name}`: handlers {}, channels {channels}", handlers.len())
    };
    crates.into_iter().map(line).collect()
}

/// The endpoints and channels of an app, below its mount.
#[derive(Debug, Serialize)]
pub(super) struct Listing {
    routes: Vec<Row>,
    channels: Vec<Channel>,
}

/// A route or a name of an endpoint.
#[derive(Debug, Serialize)]
struct Row {
    method: &'static str,
    path: String,
    handler: &'static str,
    access: &'static str,
    at: String,
}

#[derive(Debug, Serialize)]
struct Channel {
    pattern: &'static str,
    payload: &'static str,
    access: &'static str,
    at: String,
}

impl Listing {
    /// One row for each route and each name, sorted by path; then the channels by pattern.
    pub(super) fn of(
        endpoints: &[&'static Endpoint],
        channels: &[&'static Declaration],
        mount: &str,
    ) -> Self {
        let mount = mount.trim_end_matches('/');
        let mut routes = endpoints.iter().flat_map(|e| rows(e, mount)).collect::<Vec<_>>();
        routes.sort_by(|one, other| (&one.path, one.method).cmp(&(&other.path, other.method)));
        let channels = channels.iter().map(|channel| Channel {
            pattern: channel.pattern,
            payload: channel.payload,
            access: word(channel.access),
            at: channel.at.to_string(),
        });
        let mut channels = channels.collect::<Vec<_>>();
        channels.sort_by_key(|channel| channel.pattern);
        Self { routes, channels }
    }

    /// A line for each: method, path, handler, access, place; for a channel `CHANNEL`, pattern, type, access, place.
    /// Columns are as wide as their widest cell.
    pub(super) fn lines(&self) -> Vec<String> {
        let routes = self.routes.iter().map(|r| [r.method, &r.path, r.handler, r.access, &r.at]);
        let channels =
            self.channels.iter().map(|c| ["CHANNEL", c.pattern, c.payload, c.access, &c.at]);
        let cells = routes.chain(channels).collect::<Vec<_>>();
        let width =
            |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let [a, b, c, d] = [width(0), width(1), width(2), width(3)];
        let line = |[method, path, handler, access, at]: &[&str; 5]| {
            format!("{method:a$}  {path:b$}  {handler:c$}  {access:d$}  {at}")
        };
        cells.iter().map(line).collect()
    }
}

fn rows(endpoint: &'static Endpoint, mount: &str) -> impl Iterator<Item = Row> {
    let method = if endpoint.method == "*" { "ANY" } else { endpoint.method };
    let routes = endpoint.routes.iter().map(move |route| (method, (*route).to_owned()));
    let names = endpoint.names.iter().map(|name| ("POST", format!("/comet/call/{name}")));
    routes.chain(names).map(move |(method, path)| Row {
        method,
        path: format!("{mount}{path}"),
        handler: endpoint.handler,
        access: word(endpoint.access),
        at: endpoint.at.to_string(),
    })
}

fn word(access: Access) -> &'static str {
    match access {
        Access::Public => "public",
        Access::User => "user",
    }
}
