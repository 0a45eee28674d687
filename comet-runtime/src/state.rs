//! What an app was given: one value a type.

use std::any::{Any, TypeId, type_name};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// The values that an app was built with, one of each type.
///
/// It is also the state that extractors written for [`axum_core`] see: `impl FromRequestParts<States> for Mine` can
/// reach everything that `App::state` was given.
#[derive(Clone, Default)]
pub struct States(Arc<HashMap<TypeId, Held>>);

#[derive(Clone)]
struct Held {
    value: Arc<dyn Any + Send + Sync>,
    name: &'static str,
}

impl States {
    /// The value of type `T`, if the app was given one.
    #[must_use]
    pub fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let held = self.0.get(&TypeId::of::<T>())?;
        Arc::clone(&held.value).downcast().ok()
    }

    /// The same for whoever holds the states.
    pub(crate) fn borrow<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.0.get(&TypeId::of::<T>())?.value.downcast_ref()
    }

    /// Puts a value in; `false` when there was one of that type already, which stays.
    pub(crate) fn insert<T: Send + Sync + 'static>(&mut self, value: T) -> bool {
        let map = Arc::make_mut(&mut self.0);
        let free = !map.contains_key(&TypeId::of::<T>());
        if free {
            map.insert(TypeId::of::<T>(), Held { value: Arc::new(value), name: type_name::<T>() });
        }
        free
    }

    pub(crate) fn has(&self, key: TypeId) -> bool {
        self.0.contains_key(&key)
    }
}

impl fmt::Debug for States {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.values().map(|held| held.name)).finish()
    }
}
