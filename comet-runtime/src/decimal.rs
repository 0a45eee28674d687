//! Numbers in decimal digits, where formatting machinery would cost more than they do.

/// The digits of the greatest number.
pub(crate) const MOST: usize = 20;

/// Writes a number at the end of `space`; what was written.
pub(crate) fn write(mut number: u64, space: &mut [u8; MOST]) -> &[u8] {
    let mut begin = MOST;
    while number > 0 || begin == MOST {
        begin -= 1;
        space[begin] = b"0123456789"[(number % 10) as usize];
        number /= 10;
    }
    &space[begin..]
}
