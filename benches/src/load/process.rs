//! A server that is started for the measurement, and what it uses.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use super::connection::Failure;
use super::peer::{Peer, SECRET};
use super::tls::Tls;

/// What nginx is told; `@…@` stand for what differs.
const NGINX: &str = include_str!("nchan.conf");

/// How a server is run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup<'a> {
    pub(crate) peer: Peer,
    /// How many threads serve; Comet's server alone can have more than one.
    pub(crate) workers: usize,
    /// The cores that it may use, as `taskset` has them.
    pub(crate) cores: &'a str,
    /// A library that takes the place of the system's allocator.
    pub(crate) preload: Option<&'a Path>,
    /// `alone` for a runtime of one thread, else tokio's usual one.
    pub(crate) runtime: &'a str,
    /// Encrypts, which Comet's server alone does.
    pub(crate) tls: Option<&'a Tls>,
}

impl Setup<'_> {
    /// One thread on the first core, while the load generator keeps to the others.
    #[must_use]
    pub(crate) const fn of(peer: Peer) -> Self {
        Self { peer, workers: 1, cores: "0", preload: None, runtime: "", tls: None }
    }
}

/// A running server, which ends with this.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
    /// What its clients need.
    pub(crate) tls: Option<Tls>,
    /// Kept, as a program ends when nobody reads what it says.
    _said: (Option<BufReader<ChildStdout>>, Option<BufReader<ChildStderr>>),
}

impl Process {
    /// Starts it.
    ///
    /// # Errors
    ///
    /// It is not installed or not built, or it does not start.
    pub(crate) fn start(setup: Setup<'_>) -> Result<Self, Failure> {
        let nchan = setup.peer == Peer::Nchan;
        let process = if nchan { Self::nginx()? } else { Self::own(setup)? };
        pin(process.child.id(), setup.cores);
        Ok(process)
    }

    /// A program of this package, which says where it listens.
    fn own(setup: Setup<'_>) -> Result<Self, Failure> {
        let (name, pause) = match setup.peer {
            Peer::Comet => ("bench-server", "0"),
            Peer::LimitOfBursts => ("bench-limit", "5"),
            Peer::Limit => ("bench-limit", "0"),
            _ => ("bench-axum", "0"),
        };
        let mut command = Command::new(beside(name)?);
        command.env("BENCH_PAUSE_MS", pause).env("BENCH_WORKERS", setup.workers.to_string());
        command.env("BENCH_RUNTIME", setup.runtime);
        command.envs([("COMET_BIND", "127.0.0.1:0"), ("COMET_LOG", "warn")]);
        command.envs([("COMET_PUBLISH_SECRET", SECRET), ("COMET_MAX_CONNECTIONS", "20000")]);
        // Who stops reading is not to be cut for that while it is measured what it costs.
        command.env("COMET_WRITE_TIMEOUT", "1h");
        if let Some(Tls { certificate, key, .. }) = setup.tls {
            command.env("COMET_TLS_CERTIFICATE", certificate).env("COMET_TLS_KEY", key);
        }
        if let Some(library) = setup.preload {
            command.env("LD_PRELOAD", library);
        }
        let spawned = command.stdout(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|error| {
            format!("{name}: {error}; `cargo build --release -p benches` makes it")
        })?;
        let mut said = child.stdout.take().map(BufReader::new).ok_or("no standard output")?;
        let mut line = String::new();
        said.read_line(&mut line)?;
        let address = line.trim().rsplit('/').next().unwrap_or_default();
        let address = address.parse().map_err(|_| format!("{name} says {line:?}"))?;
        Ok(Self { child, address, tls: setup.tls.cloned(), _said: (Some(said), None) })
    }

    fn nginx() -> Result<Self, Failure> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let folder = std::env::temp_dir().join(format!("comet-bench-{}", address.port()));
        fs::create_dir_all(&folder)?;
        let file = folder.join("nginx.conf");
        fs::write(&file, NGINX.replace("@address@", &address.to_string()))?;
        let mut command = Command::new("nginx");
        command.args(["-e", "stderr", "-p"]).arg(&folder).arg("-c").arg(&file);
        let mut child = command.stderr(Stdio::piped()).spawn()?;
        let mut said = child.stderr.take().map(BufReader::new).ok_or("no standard error")?;
        let mut line = String::new();
        while !line.contains("start worker process ") {
            line.clear();
            if said.read_line(&mut line)? == 0 {
                return Err(
                    "nginx with Nchan does not start: `apt-get install libnginx-mod-nchan`".into(),
                );
            }
        }
        Ok(Self { child, address, tls: None, _said: (None, Some(said)) })
    }

    /// CPU seconds of all its threads, in user mode and in the kernel (`schedstat` of proc(5)).
    ///
    /// # Errors
    ///
    /// It has ended.
    pub(crate) fn cpu(&self) -> Result<f64, Failure> {
        let mut nanoseconds = 0;
        for process in self.family()? {
            for task in fs::read_dir(process.join("task"))? {
                let text = fs::read_to_string(task?.path().join("schedstat"))?;
                let first = text.split(' ').next().unwrap_or_default();
                nanoseconds += first.parse::<u64>()?;
            }
        }
        Ok(nanoseconds as f64 / 1e9)
    }

    /// KiB of memory of its own, and its part of what it shares (`Pss` of proc(5)).
    ///
    /// # Errors
    ///
    /// It has ended.
    pub(crate) fn memory(&self) -> Result<f64, Failure> {
        let mut kibibytes = 0.0;
        for process in self.family()? {
            let text = fs::read_to_string(process.join("smaps_rollup"))?;
            let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
            kibibytes += line.ok_or("no Pss")?.trim().trim_end_matches(" kB").parse::<f64>()?;
        }
        Ok(kibibytes)
    }

    /// It and its children.
    fn family(&self) -> Result<Vec<PathBuf>, Failure> {
        let id = self.child.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
        let all =
            std::iter::once(id.to_string()).chain(children.split_whitespace().map(str::to_owned));
        Ok(all.map(|id| Path::new("/proc").join(id)).collect())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Asked and not killed, so that nginx ends its workers.
        let _asked = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ended = self.child.wait();
    }
}

/// A program that was built with this one.
fn beside(name: &str) -> Result<PathBuf, Failure> {
    Ok(std::env::current_exe()?.with_file_name(name))
}

/// Keeps a process to some cores, where there is more than one and `taskset` is installed.
pub(crate) fn pin(process: u32, cores: &str) {
    let taskset = Command::new("taskset").args(["-acp", cores, &process.to_string()]).output();
    drop(taskset);
}
