//! Ladders, by which an expansion finds out what a type can do.
//!
//! An expansion knows the concrete type, and method resolution looks at what it dereferences to, one after the other, for a
//! method whose bounds the type satisfies. So each rung has the method for the types of one kind, and dereferences to the
//! next; the last one has it for all others.

/// Each of the types, which have the next one as their first field, dereferences to that.
macro_rules! ladder {
    (($($parameter:tt)+) $last:ident) => {};
    (($($parameter:tt)+) $rung:ident, $next:ident $(, $rest:ident)*) => {
        impl<$($parameter)+> std::ops::Deref for $rung<T> {
            type Target = $next<T>;

            fn deref(&self) -> &$next<T> {
                &self.0
            }
        }

        $crate::ladder::ladder!(($($parameter)+) $next $(, $rest)*);
    };
}
pub(crate) use ladder;
