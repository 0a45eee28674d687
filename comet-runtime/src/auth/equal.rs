//! Comparing secrets.

use std::hint::black_box;

/// Compares in a time that depends on the lengths only; the optimiser may not look for a way out of the loop.
pub(crate) fn equal(a: &[u8], b: &[u8]) -> bool {
    let differ = a.iter().zip(b).fold(0, |differ, (a, b)| black_box(differ | (a ^ b)));
    a.len() == b.len() && differ == 0
}
