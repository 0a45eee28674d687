//! What is called before and after a function, and instead of one that cannot be called.

use std::fmt;
use std::sync::Arc;

use crate::call::Call;
use crate::reply::{BoxFuture, Late, late};

/// A function that can be an event's: `async` or not, of up to four extractors, returning what a handler may return.
///
/// An event that sends commands takes a `Page`, by value; what it queued is sent when it returns, and it may flush.
#[diagnostic::on_unimplemented(
    message = "this function cannot be called for an event of Sijax",
    label = "expected a function of up to four extractors that returns what a handler may return",
    note = "extractors are types with `comet::Extract`, such as `Page`, `State<T>` and `sijax::Request`, taken by value"
)]
pub trait Event<M>: Send + Sync + 'static {
    /// The event's part of a call.
    fn run(&self, call: Call) -> BoxFuture;
}

#[diagnostic::do_not_recommend]
impl<M, F: Late<M> + Clone + Send + Sync + 'static> Event<M> for F {
    fn run(&self, call: Call) -> BoxFuture {
        late(self.clone(), call)
    }
}

/// An event's function, if there is one.
#[derive(Clone, Default)]
pub(super) struct Listener(Option<Arc<dyn Fn(Call) -> BoxFuture + Send + Sync>>);

impl Listener {
    pub(super) fn new<M>(event: impl Event<M>) -> Self {
        Self(Some(Arc::new(move |call| event.run(call))))
    }

    /// The event's part of a call.
    pub(super) fn run(&self, call: Call) -> Option<BoxFuture> {
        self.0.as_ref().map(|listener| listener(call))
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Listener").field(&self.0.is_some()).finish()
    }
}

/// The events of a mount, at most one function each.
#[derive(Clone, Debug, Default)]
pub(super) struct Events {
    pub(super) before: Listener,
    pub(super) after: Listener,
    pub(super) invalid_request: Listener,
    pub(super) invalid_call: Listener,
}
