//! `comet`: publishes to the channels of a running app, follows them, and shows what the app has.

mod address;
mod arguments;
mod backoff;
mod channel;
mod client;
mod event;
mod failure;
mod output;
mod publish;
mod routes;
mod secret;
mod tail;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match start(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn start(arguments: &Arguments) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime
        .map_err(|error| Failure::other(format!("cannot start: {error}")))?
        .block_on(run(arguments))
}

async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let server = arguments.server.open()?;
    match &arguments.command {
        Command::Publish(publish) => publish::run(&server, publish).await,
        Command::Tail(tail) => tail::run(&server, tail).await,
        Command::Channel(channel) => channel::show(&server, channel).await,
        Command::Close(close) => channel::close(&server, &close.name).await,
        Command::Routes(routes) => routes::run(&server, routes).await,
    }
}
