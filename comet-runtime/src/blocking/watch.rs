//! Who is within a turn, and since when.

use std::sync::atomic::{
    AtomicBool, AtomicU64, Ordering::Relaxed, Ordering::Release, Ordering::SeqCst,
};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::thread::{self, Thread};
use std::time::Duration;

use tokio::runtime::{Handle, RuntimeFlavor};

/// A poll that lasts this long may hold others up; twice as long, and another thread has taken over.
const TICK: Duration = Duration::from_millis(20);

thread_local! {
    /// `None` where no other thread could take over, so nobody needs to look.
    static WORKER: Option<Arc<Worker>> = Worker::register();
}

static WATCH: Watch = Watch {
    workers: Mutex::new(Vec::new()),
    sleeps: AtomicBool::new(false),
    thread: OnceLock::new(),
};

/// Begins a turn of this thread; what its count is when the turn is over, unless nobody counts or one has begun already.
pub(super) fn begin() -> Option<u64> {
    WORKER.try_with(|worker| worker.as_ref()?.begin()).ok().flatten()
}

pub(super) fn end(over: u64) {
    // A thread that ends has no turn that anybody would wait for.
    let _ =
        WORKER.try_with(|worker| worker.as_ref().map(|worker| worker.turns.store(over, Release)));
}

/// A thread that runs tasks.
struct Worker {
    /// Counts where turns begin and where they end, so that it is odd within one.
    turns: AtomicU64,
    runtime: Handle,
}

impl Worker {
    fn register() -> Option<Arc<Self>> {
        let runtime = Handle::try_current().ok()?;
        if runtime.runtime_flavor() == RuntimeFlavor::CurrentThread {
            return None;
        }
        let worker = Arc::new(Self { turns: AtomicU64::new(0), runtime });
        WATCH.add(&worker);
        Some(worker)
    }

    fn begin(&self) -> Option<u64> {
        let turns = self.turns.load(Relaxed);
        if is_within(turns) {
            return None;
        }
        self.turns.store(turns + 1, SeqCst);
        WATCH.wake();
        Some(turns + 2)
    }
}

/// Whether a count of turns is of a thread that is within one.
fn is_within(turns: u64) -> bool {
    turns % 2 == 1
}

/// All threads that run tasks, and the one that looks at them.
struct Watch {
    workers: Mutex<Vec<(Weak<Worker>, u64)>>,
    /// Whether it has to be woken by the next turn.
    sleeps: AtomicBool,
    /// `None` when the system has no thread left; everything else works without it.
    thread: OnceLock<Option<Thread>>,
}

impl Watch {
    fn add(&'static self, worker: &Arc<Worker>) {
        self.workers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((Arc::downgrade(worker), 0));
        self.thread.get_or_init(|| {
            let watch = thread::Builder::new().name("comet-watch".into()).spawn(|| self.run());
            watch.ok().map(|watch| watch.thread().clone())
        });
    }

    fn wake(&self) {
        if self.sleeps.load(SeqCst)
            && self.sleeps.swap(false, SeqCst)
            && let Some(Some(thread)) = self.thread.get()
        {
            thread.unpark();
        }
    }

    fn run(&self) {
        loop {
            // Before it looks, so that a turn which it does not see wakes it.
            self.sleeps.store(true, SeqCst);
            if self.look() {
                self.sleeps.store(false, SeqCst);
                thread::sleep(TICK);
            }
            while self.sleeps.load(SeqCst) {
                thread::park();
            }
        }
    }

    /// Has another thread take over where one is in the turn that it was in at the last look; whether any thread was
    /// in a turn since.
    fn look(&self) -> bool {
        let mut any = false;
        let mut workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        workers.retain_mut(|(worker, seen)| {
            let Some(worker) = worker.upgrade() else { return false };
            let now = worker.turns.load(SeqCst);
            let within = is_within(now);
            if within && now == *seen {
                worker.runtime.spawn(async {});
            }
            any |= within || now != *seen;
            *seen = now;
            true
        });
        any
    }
}
