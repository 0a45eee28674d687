//! A long polling server beside an application server that has the same database, as `server.py` of web_longpolling was:
//!
//! ```console
//! $ cargo run -p messenger                                          # the pages, at 8080
//! $ cargo run -p messenger --bin longpoll-server -- -d mydb.sqlite  # the polls, at 8068
//! ```
//!
//! A proxy in front of both sends what is below `/openerplongpolling` here.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZero;
use std::path::PathBuf;

use clap::Parser;
use comet::compat::openerp::LongPolling;
use comet::{App, Config};
use messenger::{Database, Sessions, watch};

/// Answers long polls, beside the application server of the same database.
#[derive(Debug, Parser)]
struct Options {
    /// The database's file
    #[arg(short, long, value_name = "FILE")]
    database: String,

    /// Interface to listen on
    #[arg(short, long, value_name = "ADDRESS", default_value_t = Ipv4Addr::LOCALHOST.into())]
    interface: IpAddr,

    /// Port to listen on; 0 takes a free one
    #[arg(short, long, default_value_t = 8068)]
    port: u16,

    /// How many handlers read the database at once
    #[arg(long, value_name = "NUMBER", default_value = "2")]
    max_cursor: NonZero<usize>,

    /// Path below which is polled
    #[arg(long, default_value = "/openerplongpolling")]
    path: String,

    /// File with settings, `timeout = "30s"` for instance [default: comet.toml, if it exists]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> comet::Result {
    let options = Options::parse();
    let mut flags = comet::Flags::default();
    flags.bind = Some(SocketAddr::new(options.interface, options.port));
    flags.config = options.config;
    let config = Config::load(&flags)?;
    let Database { readers, writer } =
        Database::open(&options.database, options.max_cursor.get()).await?;
    tokio::spawn(watched(readers.clone()));
    App::from_linked()
        .authenticate(Sessions::new(readers.clone()))
        .state(readers)
        .state(writer)
        .adapt(LongPolling::at(options.path))
        .config(config)
        .serve()
        .await
}

/// The application server writes in another process.
async fn watched(readers: messenger::Readers) {
    if let Err(error) = watch(readers).await {
        tracing::error!(%error, "nobody watches the database any more");
    }
}
