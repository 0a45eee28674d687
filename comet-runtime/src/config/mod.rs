//! Settings of a running app: what they are, where they come from, and what is wrong with them.
//!
//! A setting is looked for in four places, the later wins: its default, the file `comet.toml` (or the one `--config`
//! or `COMET_CONFIG` names), the environment as `COMET_` and its name in capitals, and the command line. A name that
//! is no setting is an error, and all errors are reported at once.
//!
//! ```toml
//! # comet.toml
//! bind = "0.0.0.0:8080"
//! hosts = ["app.example"]
//! heartbeat = "10s"
//! body_limit = "1MiB"
//! ```

mod check;
mod duration;
mod environment;
mod fields;
mod flags;
mod load;
mod network;
mod problem;
mod publishers;
mod secret;
mod settings;
mod size;
#[cfg(test)]
mod tests;

pub use flags::Flags;
pub use network::Network;
pub use problem::{ConfigError, Problem};
pub use publishers::{Publishers, UnknownPublishers};
pub use secret::{Secret, WeakSecret};
pub use settings::Config;
