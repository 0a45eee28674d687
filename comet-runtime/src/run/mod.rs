//! One invocation of a handler: a future, the private log it writes to, and what drives it.
//!
//! In the *body driver* the response body polls the future: dropping the body drops the handler, and a client that does
//! not read suspends it. In the *task driver* a task polls it and the run outlives its connection by the resume time.

mod driver;
mod resumable;
mod seat;
#[cfg(test)]
mod tests;

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::time::Instant;

pub(crate) use driver::Work;
pub(crate) use resumable::{Owner, Runs};
use seat::Seated;

use crate::error::Error;
use crate::flow::Flow;
use crate::log::{Batch, Cursor, EventName, Limits, Log, Reader};
use crate::reply::Outcome;

/// What a run's log keeps of what its reader has taken already, for one that comes back.
const KEPT: Limits = Limits { entries: 256, bytes: 1024 * 1024, age: None };

/// The most that is collected for one reply, in bytes.
pub(crate) const REPLY_LIMIT: usize = 16 * 1024 * 1024;

/// A run as its reader sees it: entries until the handler has returned.
#[derive(Debug)]
pub(crate) struct Run {
    flow: Arc<Flow>,
    reader: Reader,
    driver: Driver,
    parked: Option<Parked>,
}

/// A run whose caller waits for one reply, and not for ever.
#[derive(Debug)]
pub(crate) struct Parked {
    /// When it has waited long enough.
    pub(crate) until: Instant,
    /// What replies then.
    pub(crate) late: Option<Work>,
}

#[derive(Debug)]
enum Driver {
    /// The reader polls the future; `None` once it has returned.
    Body(Option<Pin<Box<Work>>>),
    /// A task does, and the reader has the run's one seat.
    Task(Seated),
}

/// A flow for a run that its reader drives: a writer goes on when its entry was taken.
pub(crate) fn flow() -> Arc<Flow> {
    Flow::new(Log::new(KEPT), 1)
}

/// A flow for a run that a task drives: a writer goes on until the reader is a whole log behind.
pub(crate) fn resumable_flow() -> Arc<Flow> {
    Flow::new(Log::new(KEPT), KEPT.entries as u64)
}

impl Run {
    /// A run that its reader drives.
    pub(crate) fn new(flow: Arc<Flow>, work: Work) -> Self {
        let reader = flow.log().reader(0);
        Self { flow, reader, driver: Driver::Body(Some(Box::pin(work))), parked: None }
    }

    /// The same, waited for by a caller that does not wait for ever.
    pub(crate) fn parked(self, parked: Option<Parked>) -> Self {
        Self { parked, ..self }
    }

    /// Whether its caller waits for one reply, and not for ever.
    pub(crate) fn is_parked(&self) -> bool {
        self.parked.is_some()
    }

    /// How long its caller waits, for whoever sees to it.
    pub(crate) fn unpark(&mut self) -> Option<Parked> {
        self.parked.take()
    }

    /// The position to come back to.
    pub(crate) fn cursor(&self) -> Cursor {
        self.reader.cursor()
    }

    /// Lets the handler work until a streamed reply of it begins.
    ///
    /// # Errors
    ///
    /// The handler's, before it has written anything.
    pub(crate) async fn begun(mut self) -> Result<Self, Error> {
        match self.begin().await {
            Some(Err(error)) if !self.has_written() => return Err(error),
            Some(result) => self.finish(result),
            None => {}
        }
        Ok(self)
    }

    /// Lets the handler work until it first waits after it has its arguments, or after somebody has written something
    /// for it: that is when a streamed reply begins. If it is through by then, its result.
    pub(crate) async fn begin(&mut self) -> Option<Result<Outcome, Error>> {
        poll_fn(|cx| match self.poll_work(cx) {
            Poll::Ready(result) => Poll::Ready(Some(result)),
            Poll::Pending if self.flow.began() || self.has_written() => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
        .await
    }

    /// Whether the handler has written anything.
    pub(crate) fn has_written(&self) -> bool {
        self.flow.log().newest() > 0
    }

    /// Writes the result as the last entry.
    pub(crate) fn finish(&self, result: Result<Outcome, Error>) {
        self.flow.finish(result);
    }

    /// Lets the handler work to its end and collects what it has written.
    ///
    /// # Errors
    ///
    /// The handler's own; or it wrote more than `limit` bytes, those that hold an entry in memory among them.
    pub(crate) async fn collect(mut self, limit: usize) -> Result<(Vec<Bytes>, Outcome), Error> {
        let mut written = Vec::new();
        let mut size = 0;
        let outcome = poll_fn(|cx| {
            loop {
                let polled = self.poll_work(cx);
                let before = written.len();
                while let Poll::Ready(Some(Batch::Entries(entries))) = self.reader.poll_read(cx) {
                    written.extend(entries.iter().map(|entry| entry.payload.clone()));
                }
                let weigh = |payload: &Bytes| payload.len() + size_of::<Bytes>();
                size += written.iter().skip(before).map(weigh).sum::<usize>();
                if size > limit {
                    return Poll::Ready(Err(too_long(limit)));
                }
                // What was written has been taken, so the handler can go on at once.
                if polled.is_ready() || written.len() == before {
                    return polled;
                }
                self.flow.take(self.reader.seen());
            }
        })
        .await?;
        Ok((written, outcome))
    }

    /// What there is to send; `None` after the last entry.
    pub(crate) fn poll_entries(&mut self, cx: &mut Context<'_>) -> Poll<Option<Batch>> {
        // Before anything else: what this reader has taken no longer counts when another sits in its place.
        if let Driver::Task(seated) = &mut self.driver
            && seated.poll_ousted(cx).is_ready()
        {
            return Poll::Ready(None);
        }
        // Being asked for more means that what was handed out before is on its way.
        self.flow.take(self.reader.seen());
        if let Poll::Ready(result) = self.poll_work(cx) {
            self.finish(result);
        }
        self.reader.poll_read(cx)
    }

    /// Lets the handler work once more and hands over what is written then, as the server goes away; whether that was
    /// the end.
    pub(crate) fn last_words(&mut self, cx: &mut Context<'_>, mut put: impl FnMut(&Batch)) -> bool {
        let mut next = self.poll_entries(cx);
        while let Poll::Ready(Some(batch)) = &next {
            put(batch);
            next = self.reader.poll_read(cx);
        }
        next.is_ready()
    }

    fn poll_work(&mut self, cx: &mut Context<'_>) -> Poll<Result<Outcome, Error>> {
        let Driver::Body(work) = &mut self.driver else { return Poll::Pending };
        let Some(running) = work else { return Poll::Pending };
        let polled = running.as_mut().poll(cx);
        if polled.is_ready() {
            *work = None;
        }
        polled
    }
}

impl Flow {
    /// Writes a handler's result as the last entry.
    fn finish(&self, result: Result<Outcome, Error>) {
        match result {
            Ok(outcome) => self.log().finish(EventName::DONE, outcome.json()),
            Err(error) => {
                error.log();
                self.log().finish(EventName::ERROR, error.problem())
            }
        };
    }
}

fn too_long(limit: usize) -> Error {
    let detail = format!(
        "the reply has more than {limit} bytes, too many for one JSON value; ask for a stream \
         (Accept: application/x-ndjson or text/event-stream)"
    );
    Error::new(http::StatusCode::INTERNAL_SERVER_ERROR, detail)
}
