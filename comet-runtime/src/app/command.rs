//! The command line of any program that serves an app.

use std::io::Write;

use clap::Parser;

use super::App;
use crate::config::{Config, Flags};
use crate::error::Result;

/// Does what the command line says.
pub(super) async fn run(app: App) -> Result {
    let flags = Flags::parse();
    let app = {
        let config = Config::load(&flags)?;
        app.config(config)
    };
    if flags.routes {
        return print(&app.listing().lines().join("\n"));
    }
    if flags.check {
        let count = app.endpoints().len();
        app.verify()?;
        return print(&format!("ok: {count} handlers"));
    }
    app.serve().await
}

fn print(text: &str) -> Result {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}
