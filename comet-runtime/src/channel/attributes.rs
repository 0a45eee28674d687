//! What the program keeps beside a channel.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One value a type, so that there are no more than the program has types.
#[derive(Default)]
pub(crate) struct Attributes(Mutex<Held>);

type Held = HashMap<TypeId, Arc<dyn Any + Send + Sync>>;

impl Attributes {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.held().is_empty()
    }

    pub(super) fn set<A: Any + Send + Sync>(&self, value: A) -> Option<Arc<A>> {
        let before = self.held().insert(TypeId::of::<A>(), Arc::new(value));
        before.and_then(|before| before.downcast().ok())
    }

    pub(super) fn get<A: Any + Send + Sync>(&self) -> Option<Arc<A>> {
        let held = self.held().get(&TypeId::of::<A>()).cloned();
        held.and_then(|held| held.downcast().ok())
    }

    pub(super) fn remove<A: Any + Send + Sync>(&self) -> Option<Arc<A>> {
        let held = self.held().remove(&TypeId::of::<A>());
        held.and_then(|held| held.downcast().ok())
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attributes").field("held", &self.held().len()).finish()
    }
}
