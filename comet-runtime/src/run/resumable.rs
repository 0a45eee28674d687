//! Runs that outlive their connection, and where a client that comes back finds its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use http::{HeaderValue, StatusCode, header};

use super::seat::Seat;
use super::{Driver, Flow, Run};
use crate::error::Error;
use crate::log::Epoch;

/// The resumable runs of an app.
#[derive(Clone, Debug)]
pub(crate) struct Runs {
    map: Arc<Mutex<HashMap<Epoch, Resumable>>>,
    most: usize,
}

#[derive(Debug)]
struct Resumable {
    flow: Arc<Flow>,
    seat: Arc<Seat>,
    owner: Owner,
}

/// Who may come back to a run: the same user at the same endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) endpoint: &'static str,
    pub(crate) user: Option<String>,
}

impl Runs {
    pub(crate) fn new(most: usize) -> Self {
        Self { map: Arc::default(), most }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Epoch, Resumable>> {
        self.map.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a run that has begun over to a task, which drives it until its reader has been away for `patience`.
    ///
    /// # Errors
    ///
    /// 503 when the app has as many resumable runs as it may have.
    pub(crate) fn adopt(&self, run: Run, owner: Owner, patience: Duration) -> Result<Run, Error> {
        let Driver::Body(work) = run.driver else { return Ok(run) };
        let (flow, seat) = (run.flow, Seat::new());
        let epoch = flow.log().epoch();
        let mut map = self.lock();
        if map.len() >= self.most {
            return Err(full(self.most));
        }
        map.insert(epoch, Resumable { flow: Arc::clone(&flow), seat: Arc::clone(&seat), owner });
        drop(map);
        let seated = seat.take();
        let entry = Registered { map: Arc::downgrade(&self.map), epoch };
        let task_flow = Arc::clone(&flow);
        tokio::spawn(async move {
            // Dropped last, so that the run can be found as long as it can be read.
            let _entry = entry;
            if let Some(work) = work {
                tokio::select! {
                    result = work => task_flow.finish(result),
                    () = seat.abandoned(patience) => return task_flow.close(),
                }
            }
            seat.abandoned(patience).await;
        });
        Ok(Run { flow, reader: run.reader, driver: Driver::Task(seated) })
    }

    /// The run with that epoch for a reader that has seen everything up to `offset`.
    ///
    /// # Errors
    ///
    /// 410 when there is none any more, or when it is somebody else's.
    pub(crate) fn resume(&self, epoch: Epoch, offset: u64, owner: &Owner) -> Result<Run, Error> {
        let map = self.lock();
        let found = map.get(&epoch).filter(|run| run.owner == *owner);
        let run = found.filter(|run| offset <= run.flow.log().newest()).ok_or_else(gone)?;
        let reader = run.flow.log().reader(offset);
        Ok(Run { flow: Arc::clone(&run.flow), reader, driver: Driver::Task(run.seat.take()) })
    }
}

/// A run's entry in the map, for as long as its task lives.
struct Registered {
    map: Weak<Mutex<HashMap<Epoch, Resumable>>>,
    epoch: Epoch,
}

impl Drop for Registered {
    fn drop(&mut self) {
        if let Some(map) = self.map.upgrade() {
            map.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.epoch);
        }
    }
}

fn full(most: usize) -> Error {
    let detail = format!("{most} runs are waiting for their clients already; try again later");
    Error::new(StatusCode::SERVICE_UNAVAILABLE, detail)
        .with_header(header::RETRY_AFTER, HeaderValue::from_static("5"))
}

fn gone() -> Error {
    Error::new(StatusCode::GONE, "the run of this cursor is over; call the handler anew")
}
