//! Runs that outlive their connection, and where a client that comes back finds its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderValue, StatusCode, header};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::seat::Seat;
use super::{Driver, Flow, Run};
use crate::error::Error;
use crate::log::Epoch;

/// The resumable runs of an app.
#[derive(Clone, Debug)]
pub(crate) struct Runs {
    map: Arc<Mutex<HashMap<Epoch, Resumable>>>,
    places: Arc<Semaphore>,
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

/// The right to one more resumable run.
#[derive(Debug)]
pub(crate) struct Place {
    _permit: OwnedSemaphorePermit,
}

impl Runs {
    pub(crate) fn new(most: usize) -> Self {
        let places = Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS)));
        Self { map: Arc::default(), places, most }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Epoch, Resumable>> {
        self.map.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place for a run, to be asked for before its handler does anything.
    ///
    /// # Errors
    ///
    /// 503 when the app has as many resumable runs as it may have.
    pub(crate) fn reserve(&self) -> Result<Place, Error> {
        let permit = Arc::clone(&self.places).try_acquire_owned();
        permit.map(|permit| Place { _permit: permit }).map_err(|_| full(self.most))
    }

    /// Hands a run that has begun over to a task, which drives it until its reader has been away for `patience`.
    pub(crate) fn adopt(&self, run: Run, place: Place, owner: Owner, patience: Duration) -> Run {
        let Driver::Body(work) = run.driver else { return run };
        let (flow, seat) = (run.flow, Seat::new());
        let seated = seat.take();
        let found = Resumable { flow: Arc::clone(&flow), seat: Arc::clone(&seat), owner };
        let epoch = flow.log().epoch();
        self.lock().insert(epoch, found);
        let registered = Registered { runs: self.clone(), epoch, seat, _place: place };
        let task_flow = Arc::clone(&flow);
        tokio::spawn(async move {
            if let Some(work) = work {
                tokio::select! {
                    result = work => task_flow.finish(result),
                    () = registered.forgotten(patience) => return,
                }
            }
            registered.forgotten(patience).await;
        });
        Run { flow, reader: run.reader, driver: Driver::Task(seated), parked: None }
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
        // What it has not seen stays, from now on and not only from its first look.
        run.flow.take(offset);
        Ok(Run {
            flow: Arc::clone(&run.flow),
            reader,
            driver: Driver::Task(run.seat.take()),
            parked: None,
        })
    }
}

/// A run's entry in the map; it is gone at the latest when its task is.
struct Registered {
    runs: Runs,
    epoch: Epoch,
    seat: Arc<Seat>,
    _place: Place,
}

impl Registered {
    /// Waits until nobody has read the run for so long. From then on nobody finds it: a seat is taken under the same
    /// lock, so no reader can be left at a run that nothing drives.
    async fn forgotten(&self, patience: Duration) {
        loop {
            self.seat.abandoned(patience).await;
            let mut map = self.runs.lock();
            if self.seat.is_empty() {
                map.remove(&self.epoch);
                return;
            }
        }
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.runs.lock().remove(&self.epoch);
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
