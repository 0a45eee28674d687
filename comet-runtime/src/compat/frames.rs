//! A run as a document of scripts in a hidden frame; what is in the scripts is each adapter's own.

use std::task::{Context, Poll};

use crate::log::Batch;
use crate::run::Run;
use crate::transport::{Fed, Feed, Outlet, Rhythm};

/// Writes a document of scripts, piece by piece.
pub(super) trait Scripts: Send {
    /// What comes before anything was pushed.
    fn begin(&mut self, out: &mut Vec<u8>);

    /// What was pushed in one go.
    fn put(&mut self, batch: &Batch, out: &mut Vec<u8>);
}

/// A run on its way into a frame.
#[derive(Debug)]
pub(super) struct Frames<S> {
    run: Run,
    scripts: S,
}

impl<S: Scripts> Frames<S> {
    pub(super) fn new(run: Run, scripts: S) -> Self {
        Self { run, scripts }
    }
}

impl<S: Scripts> Feed for Frames<S> {
    fn hello(&mut self, _: Rhythm, out: &mut Outlet<'_>) {
        self.scripts.begin(out.bytes);
    }

    fn poll(&mut self, out: &mut Outlet<'_>, cx: &mut Context<'_>) -> Poll<Fed> {
        self.run.poll_entries(cx).map(|batch| match batch {
            None => Fed::Ended,
            Some(batch) => {
                self.scripts.put(&batch, out.bytes);
                Fed::Written
            }
        })
    }

    /// The handler is asked once more, then what it has written is said.
    fn leave(&mut self, out: &mut Outlet<'_>, cx: &mut Context<'_>) -> bool {
        let Self { run, scripts } = self;
        run.last_words(cx, |batch| scripts.put(batch, out.bytes))
    }
}
