#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod documented;
mod precedence;
mod problems;
mod secret;
mod values;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use clap::Parser;

use super::{Config, ConfigError, Flags};

/// A directory of its own for a test, with a `comet.toml` in it.
struct Directory(PathBuf);

impl Directory {
    fn with(file: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("comet-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("comet.toml"), file).unwrap();
        Self(path)
    }

    fn load(&self, variables: &[(&str, &str)], flags: &[&str]) -> Result<Config, ConfigError> {
        load_in(&self.0, variables, flags)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn load_in(
    directory: &Path,
    variables: &[(&str, &str)],
    flags: &[&str],
) -> Result<Config, ConfigError> {
    let flags = Flags::try_parse_from([&["program"], flags].concat()).unwrap();
    let variables = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    Config::load_from(&flags, variables, directory)
}

fn load(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    load_in(Path::new("/nowhere"), variables, &[])
}
