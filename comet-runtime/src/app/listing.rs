//! The table of routes, for `--routes` and for the log.

use crate::registry::{Access, Endpoint};

/// One row for each route and each name: method, path, handler, access, place. Columns are as wide as their widest cell.
pub(super) fn rows(endpoints: &[&'static Endpoint], mount: &str) -> Vec<String> {
    let mut cells = endpoints.iter().flat_map(|e| of(e, mount)).collect::<Vec<_>>();
    cells.sort_by(|one, other| (&one[1], &one[0]).cmp(&(&other[1], &other[0])));
    let width =
        |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    let row = |[method, path, handler, access, at]: &[String; 5]| {
        let [a, b, c, d] = widths;
        format!("{method:a$}  {path:b$}  {handler:c$}  {access:d$}  {at}")
    };
    cells.iter().map(row).collect()
}

fn of(endpoint: &'static Endpoint, mount: &str) -> impl Iterator<Item = [String; 5]> {
    let mount = mount.trim_end_matches('/').to_owned();
    let method = if endpoint.method == "*" { "ANY" } else { endpoint.method };
    let routes = endpoint.routes.iter().map(move |route| (method, (*route).to_owned()));
    let names = endpoint.names.iter().map(|name| ("POST", format!("/comet/call/{name}")));
    let access = match endpoint.access {
        Access::Public => "public",
        Access::User => "user",
    };
    routes.chain(names).map(move |(method, path)| {
        let path = format!("{mount}{path}");
        [method.into(), path, endpoint.handler.into(), access.into(), endpoint.at.to_string()]
    })
}
