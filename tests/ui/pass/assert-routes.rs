//! Handlers that get along, listed for the compiler to say so.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub, unused)]

use comet::{channel, comet};

mod tasks {
    use super::comet;

    #[comet("/tasks/{id}", alias = "/t/{id}", public)]
    pub(crate) async fn show(id: u64) {
        assert!(id > 0);
    }

    #[comet("/tasks/new", public)]
    #[comet("/tasks/new", method = POST, public)]
    pub(crate) async fn new() {}

    /// The same route and name, in an app of its own.
    pub(crate) mod other {
        use super::comet;

        #[comet("/tasks/{name}", group = "other", public)]
        pub(crate) async fn show(name: String) {
            drop(name);
        }
    }
}

struct Jobs;

#[comet(prefix = "/jobs", public)]
impl Jobs {
    #[comet("/{id}")]
    pub(crate) async fn get(&self, id: u64) {
        assert!(id > 0);
    }

    #[cfg(any())]
    #[comet("/tasks/{id}")]
    pub(crate) async fn never(&self, id: u64) {
        assert!(id > 0);
    }

    #[longpoll("/{*rest}")]
    pub(crate) async fn wait(&self, rest: String) {
        drop(rest);
    }
}

/// A type may have several blocks.
struct Split;

#[comet(public)]
impl Split {
    #[comet]
    pub(crate) async fn one(&self) {}
}

#[comet(public)]
impl Split {
    #[comet]
    pub(crate) async fn two(&self) {}
}

#[channel("ticks", public)]
#[derive(serde::Serialize)]
struct Tick;

#[comet("/{*everything}", public)]
async fn everything(everything: String) {
    drop(everything);
}

comet::assert_routes![tasks::show, tasks::new, tasks::other::show, Jobs, everything, crate::tasks::show];

fn main() {
    let _ = Tick::channel();
    assert!(comet::App::from_linked().with(Jobs).with(Split).verify().is_ok());
    assert!(comet::verify().is_ok());
}
