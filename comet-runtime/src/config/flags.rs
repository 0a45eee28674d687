//! The command line every program with an app understands.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use figment::value::{Dict, Map};
use figment::{Error, Metadata, Profile, Provider};

use crate::tls;

/// What [`Metadata::name`] says of a value from here.
pub(super) const NAME: &str = "command line";

/// The command line of a program: `--bind`, `--tls-certificate`, `--tls-key`, `--mount`, `--config`, `--check`, `--routes`, `--help`.
///
/// A program with a command line of its own takes these in with `#[command(flatten)]`.
///
/// ```
/// use clap::Parser;
///
/// let flags = comet::Flags::parse_from(["program", "--bind", "127.0.0.1:0"]);
/// assert_eq!(flags.bind.unwrap().port(), 0);
/// ```
#[derive(Debug, Clone, Default, Parser)]
#[command(about = None, long_about = None)]
#[non_exhaustive]
pub struct Flags {
    /// Address to listen on; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub bind: Option<SocketAddr>,

    /// PEM file of the certificate with which to serve HTTPS
    #[arg(long, value_name = "FILE")]
    pub tls_certificate: Option<PathBuf>,

    /// PEM file of the certificate's key
    #[arg(long, value_name = "FILE")]
    pub tls_key: Option<PathBuf>,

    /// Path below which everything is served [default: /]
    #[arg(long, value_name = "PATH")]
    pub mount: Option<String>,

    /// File with settings [default: comet.toml, if it exists]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Check the configuration and the handlers, and exit: 0 when all is well
    #[arg(long)]
    pub check: bool,

    /// Print the table of routes, and exit
    #[arg(long)]
    pub routes: bool,
}

impl Provider for Flags {
    fn metadata(&self) -> Metadata {
        Metadata::named(NAME)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let path = |path: &Option<PathBuf>| Some(path.as_ref()?.to_string_lossy().into_owned());
        let given = [
            ("bind", self.bind.map(|bind| bind.to_string())),
            (tls::CERTIFICATE, path(&self.tls_certificate)),
            (tls::KEY, path(&self.tls_key)),
            ("mount", self.mount.clone()),
        ];
        let given =
            given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into())));
        Ok(Profile::Default.collect(given.collect::<Dict>()))
    }
}
