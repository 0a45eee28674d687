//! The table: what is measured, and how it is printed.

use crate::load::{Crowd, Failure, Process, Setup, Size, Way};
use crate::side::{Drive, Side};

/// A row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    /// What `--cases` calls it.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    size: Size,
    what: What,
}

#[derive(Clone, Copy, Debug)]
enum What {
    /// CPU for a delivery, as often as what the limit takes.
    Cpu { drive: Drive, slices: usize },
    /// KiB for a connection that is told nothing.
    Memory,
}

const fn size(readers: usize, channels: usize, way: Way) -> Size {
    Size { readers, channels, way, kind: "bench", bytes: 100 }
}

const fn in_step(messages: usize, slices: usize) -> What {
    What::Cpu { drive: Drive::InStep(messages), slices }
}

/// All rows, in the order of the table.
pub(crate) const CASES: [Case; 9] = [
    Case {
        name: "fan1k",
        title: "one of 1,000 streams, CPU",
        size: size(1000, 1, Way::Stream),
        what: in_step(10, 40),
    },
    Case {
        name: "fan5k",
        title: "one of 5,000 streams, CPU",
        size: size(5000, 1, Way::Stream),
        what: in_step(2, 40),
    },
    Case {
        name: "poll1k",
        title: "one of 1,000 long polls, CPU",
        size: size(1000, 1, Way::Poll),
        what: in_step(3, 40),
    },
    Case {
        name: "poll5k",
        title: "one of 5,000 long polls, CPU",
        size: size(5000, 1, Way::Poll),
        what: in_step(1, 24),
    },
    Case {
        name: "own1k",
        title: "a stream each of 1,000 channels, CPU",
        size: size(1000, 1000, Way::Stream),
        what: in_step(1000, 16),
    },
    Case {
        name: "burst1k",
        title: "one of 1,000 streams at 500 messages a second, CPU",
        size: size(1000, 1, Way::Stream),
        what: What::Cpu { drive: Drive::AtRate(40, 500), slices: 6 },
    },
    Case {
        name: "churn",
        title: "connect, receive one, leave, CPU",
        size: size(500, 1, Way::Stream),
        what: What::Cpu { drive: Drive::Churn, slices: 16 },
    },
    Case {
        name: "idle",
        title: "an idle stream, KiB",
        size: size(0, 1, Way::Stream),
        what: What::Memory,
    },
    Case {
        name: "parked",
        title: "a parked long poll, KiB",
        size: size(0, 1, Way::Poll),
        what: What::Memory,
    },
];

/// What one run has shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    /// The figure of the row.
    pub(crate) figure: f64,
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
    /// Milliseconds from publishing to reading, in the middle.
    pub(crate) delay: f64,
}

impl Case {
    /// Measures a server once, by what `base` takes; `idle` is how many connections a figure of memory is for.
    ///
    /// # Errors
    ///
    /// A server is not there, or does not deliver.
    pub(crate) fn measure(
        &self,
        setup: Setup<'_>,
        base: Setup<'_>,
        idle: usize,
    ) -> Result<Shown, Failure> {
        match self.what {
            What::Cpu { drive, slices } => self.ratio(setup, base, drive, slices),
            What::Memory => self.memory(setup, idle),
        }
    }

    /// Drives both servers in turn, so that what else the machine does meets both.
    fn ratio(
        &self,
        setup: Setup<'_>,
        base: Setup<'_>,
        drive: Drive,
        slices: usize,
    ) -> Result<Shown, Failure> {
        let mut both = [Side::new(setup, self.size, drive)?, Side::new(base, self.size, drive)?];
        for _ in 0..slices {
            for side in &mut both {
                side.slice()?;
            }
        }
        let [own, limit] = &mut both;
        let (lost, doubled) = own.amiss;
        let (lost_now, doubled_now) = own.crowd.as_ref().map_or((0, 0), Crowd::amiss);
        let delay = own.crowd.as_mut().map_or(0.0, Crowd::median_delay);
        let figure = own.cpu / limit.cpu;
        Ok(Shown { figure, lost: lost + lost_now, doubled: doubled + doubled_now, delay })
    }

    fn memory(&self, setup: Setup<'_>, readers: usize) -> Result<Shown, Failure> {
        let (peer, process) = (setup.peer, Process::start(setup)?);
        // What it takes at its first connection is not a reader's.
        drop(Crowd::gather(&process, peer, Size { readers: 10, ..self.size })?);
        let before = process.memory()?;
        let crowd = Crowd::gather(&process, peer, Size { readers, ..self.size })?;
        let figure = (process.memory()? - before) / readers as f64;
        let (lost, doubled) = crowd.amiss();
        Ok(Shown { figure, lost, doubled, delay: 0.0 })
    }
}
