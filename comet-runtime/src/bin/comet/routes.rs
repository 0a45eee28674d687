//! What a running app has.

use http::{Method, header};

use crate::arguments::Routes;
use crate::client::Server;
use crate::failure::Failure;
use crate::output::print;

/// Prints the table that `--routes` of the app's own program prints, or the server's JSON.
pub(crate) async fn run(server: &Server, wanted: &Routes) -> Result<(), Failure> {
    let accept = if wanted.json { "application/json" } else { "text/plain" };
    let request = server.request(Method::GET, "routes").header(header::ACCEPT, accept);
    let listing = server.get(request).await?;
    print(&listing)?;
    if wanted.json { print(b"\n") } else { Ok(()) }
}
