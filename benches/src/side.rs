//! A server under load, one slice after the other.

use crate::load::{Crowd, Failure, Peer, Process, Setup, Size};

/// How a case is driven.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Drive {
    /// A message when all have the one before: so many in each slice.
    InStep(usize),
    /// So many a second, with so many in each slice.
    AtRate(u32, u32),
    /// All connect, get one message and leave: once in each slice.
    Churn,
}

/// One of the two servers that are driven in turn.
pub(crate) struct Side {
    process: Process,
    peer: Peer,
    size: Size,
    drive: Drive,
    /// None where each slice has its own.
    pub(crate) crowd: Option<Crowd>,
    /// CPU seconds that it has used in all slices.
    pub(crate) cpu: f64,
    pub(crate) amiss: (u64, u64),
}

impl Side {
    /// Starts a server and gathers its readers.
    ///
    /// # Errors
    ///
    /// The server is not there, or does not deliver.
    pub(crate) fn new(setup: Setup<'_>, size: Size, drive: Drive) -> Result<Self, Failure> {
        let (peer, process) = (setup.peer, Process::start(setup)?);
        let stays = !matches!(drive, Drive::Churn);
        let crowd = stays.then(|| Crowd::gather(&process, peer, size)).transpose()?;
        let mut side = Self { process, peer, size, drive, crowd, cpu: 0.0, amiss: (0, 0) };
        // The first slice finds cold caches, and is not counted.
        side.slice()?;
        side.cpu = 0.0;
        Ok(side)
    }

    /// Drives it for a while.
    ///
    /// # Errors
    ///
    /// The server does not deliver.
    pub(crate) fn slice(&mut self) -> Result<(), Failure> {
        let before = self.process.cpu()?;
        match (self.drive, &mut self.crowd) {
            (Drive::InStep(messages), Some(crowd)) => crowd.in_step(messages)?,
            (Drive::AtRate(messages, per_second), Some(crowd)) => {
                crowd.at_rate(messages, per_second)?;
            }
            _ => {
                let mut crowd = Crowd::gather(&self.process, self.peer, self.size)?;
                crowd.in_step(1)?;
                let (lost, doubled) = crowd.amiss();
                self.amiss = (self.amiss.0 + lost, self.amiss.1 + doubled);
            }
        }
        self.cpu += self.process.cpu()? - before;
        Ok(())
    }
}
