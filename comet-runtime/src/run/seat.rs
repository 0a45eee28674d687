//! The one seat for a reader at a resumable run: who comes later takes it.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::{oneshot, watch};
use tokio::time::timeout;

/// Who reads a run.
#[derive(Debug)]
pub(super) struct Seat {
    /// The number of the reader that sits, if one does.
    sitting: watch::Sender<Option<u64>>,
    /// Dropped to make the reader that sits leave.
    hold: Mutex<(u64, Option<oneshot::Sender<()>>)>,
}

/// A reader's hold on the seat; dropping it frees the seat.
#[derive(Debug)]
pub(super) struct Seated {
    seat: Arc<Seat>,
    number: u64,
    ousted: oneshot::Receiver<()>,
}

impl Seat {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { sitting: watch::Sender::new(None), hold: Mutex::default() })
    }

    /// Takes the seat; a reader that has it is shown out.
    pub(super) fn take(self: &Arc<Self>) -> Seated {
        let (hold, ousted) = oneshot::channel();
        let mut held = self.hold.lock().unwrap_or_else(PoisonError::into_inner);
        held.0 += 1;
        held.1 = Some(hold);
        let number = held.0;
        self.sitting.send_replace(Some(number));
        Seated { seat: Arc::clone(self), number, ousted }
    }

    /// Whether nobody sits.
    pub(super) fn is_empty(&self) -> bool {
        self.sitting.borrow().is_none()
    }

    /// Waits until the seat was empty for so long.
    pub(super) async fn abandoned(&self, patience: Duration) {
        let mut sitting = self.sitting.subscribe();
        loop {
            // The sender is `self`, so waiting cannot fail.
            let _ = sitting.wait_for(Option::is_none).await;
            // Any change counts: who came and left again in between was there.
            if timeout(patience, sitting.changed()).await.is_err() {
                return;
            }
        }
    }
}

impl Seated {
    pub(super) fn poll_ousted(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.ousted.is_terminated() {
            return Poll::Ready(());
        }
        Pin::new(&mut self.ousted).poll(cx).map(|_| ())
    }
}

impl Drop for Seated {
    fn drop(&mut self) {
        self.seat.sitting.send_if_modified(|sitting| {
            let mine = *sitting == Some(self.number);
            if mine {
                *sitting = None;
            }
            mine
        });
    }
}
