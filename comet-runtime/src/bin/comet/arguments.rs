//! The command line.

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use crate::address::Address;
use crate::client::Server;
use crate::failure::Failure;
use crate::secret;

/// Publishes to the channels of a running Comet app, follows them, and shows what the app has.
#[derive(Debug, Parser)]
#[command(name = "comet", version, after_help = CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) server: Target,
}

const CODES: &str = "\
The secret is read from COMET_PUBLISH_SECRET, or from the file of --secret-file.

Exit codes: 0 done; 1 refused by the server; 2 wrong usage or input; 3 no Comet server reached;
130 and 143 ended by ctrl-c and SIGTERM.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Publish to a channel, and print the offset of each event
    Publish(Publish),
    /// Follow channels: one line an event, until all of them are closed
    Tail(Tail),
    /// Show a channel: how many readers it has, and what it keeps
    #[command(alias = "channels")]
    Channel(Channel),
    /// Close a channel: its readers get what is left, then end
    Close(Close),
    /// Print the table of routes and channels of the running app
    Routes(Routes),
}

/// Where the app is, and the right to publish to it.
#[derive(Debug, Args)]
pub(crate) struct Target {
    /// Where the app is served, with its mount if it has one
    #[arg(long, global = true, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    url: Address,

    /// File with the secret of the setting `publish_secret`
    #[arg(long, global = true, value_name = "FILE")]
    secret_file: Option<PathBuf>,
}

impl Target {
    pub(crate) fn open(&self) -> Result<Server, Failure> {
        let secret = secret::find(self.secret_file.as_deref())?;
        Ok(Server::new(self.url.clone(), secret))
    }
}

#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// Channel, such as todos/7
    pub(crate) channel: String,

    /// JSON, or @FILE to read it from a file, or - for standard input
    #[arg(value_name = "JSON|@FILE|-", allow_hyphen_values = true)]
    pub(crate) data: String,

    /// Name of the event [default: message]
    #[arg(long, value_name = "NAME")]
    pub(crate) event: Option<String>,

    /// Publish a list: every element of a JSON array, or every line, is an event; all of them land, or none
    #[arg(long)]
    pub(crate) batch: bool,

    /// Idempotency key: with one key the same is published once [default: a random one]
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Option<String>,

    /// How long to try when the server cannot be reached or is busy
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(crate) wait: Duration,
}

#[derive(Debug, Args)]
pub(crate) struct Tail {
    /// Channels, up to 64
    #[arg(required = true)]
    pub(crate) channels: Vec<String>,

    /// Go on after this position
    #[arg(long)]
    pub(crate) cursor: Option<String>,

    /// Begin with the newest N events of each channel
    #[arg(long, value_name = "N", conflicts_with = "cursor")]
    pub(crate) history: Option<u64>,

    /// Header field of the request, such as 'Cookie: session=…', or @FILE with one a line; may be repeated
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE|@FILE")]
    pub(crate) headers: Vec<String>,

    /// Print the messages as they come, one JSON object a line
    #[arg(long)]
    pub(crate) json: bool,

    /// End after N events
    #[arg(short = 'n', value_name = "N", conflicts_with = "once")]
    pub(crate) number: Option<NonZeroU64>,

    /// End after one event
    #[arg(long)]
    pub(crate) once: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Channel {
    /// Channel, such as todos/7
    pub(crate) name: String,

    /// Print the server's JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Close {
    /// Channel, such as todos/7
    pub(crate) name: String,
}

#[derive(Debug, Args)]
pub(crate) struct Routes {
    /// Print the server's JSON
    #[arg(long)]
    pub(crate) json: bool,
}

fn seconds(text: &str) -> Result<Duration, String> {
    text.parse().map(Duration::from_secs).map_err(|_| "write a whole number of seconds".to_owned())
}
