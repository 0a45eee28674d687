//! What linked code declares, whatever crate it is in: noted before `main`.

use std::sync::{Mutex, PoisonError};

/// All things of one kind.
pub(crate) struct Collected<T>(Mutex<Vec<T>>);

impl<T: Copy> Collected<T> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    pub(crate) fn add(&self, one: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(one);
    }

    pub(crate) fn all(&self) -> Vec<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Has a function called before `main`, once the object file that this is written in is linked: by the list of
/// constructors that the loader of each system goes through. It is one item and a function pointer, as the compiler reads
/// it again for each handler at every check.
#[doc(hidden)]
#[macro_export]
macro_rules! __before_main {
    ($function:expr) => {
        #[used]
        #[cfg_attr(
            not(any(windows, target_vendor = "apple")),
            unsafe(link_section = ".init_array")
        )]
        #[cfg_attr(
            target_vendor = "apple",
            unsafe(link_section = "__DATA,__mod_init_func,mod_init_funcs")
        )]
        #[cfg_attr(windows, unsafe(link_section = ".CRT$XCU"))]
        static __COMET_BEFORE_MAIN: extern "C" fn() = $function;
    };
}
