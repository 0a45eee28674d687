//! The lock of the log: the model checker's own where that runs (`RUSTFLAGS="--cfg comet_loom"`).

#[cfg(all(test, comet_loom))]
pub(super) use loom::sync::{Mutex, MutexGuard};
#[cfg(not(all(test, comet_loom)))]
pub(super) use std::sync::{Mutex, MutexGuard};
