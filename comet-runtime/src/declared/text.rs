//! A text that is put together at compile time, where there is no `format!`.

/// At most `MOST` bytes; what does not fit is left out.
pub(crate) struct Text {
    bytes: [u8; MOST],
    len: usize,
}

const MOST: usize = 8 * 1024;

impl Text {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; MOST], len: 0 }
    }

    /// A text that does not fit is left out whole, so that what there is stays UTF-8.
    pub(crate) const fn push(mut self, text: &str) -> Self {
        if let Some((_, free)) = self.bytes.split_at_mut_checked(self.len)
            && let Some((place, _)) = free.split_at_mut_checked(text.len())
        {
            place.copy_from_slice(text.as_bytes());
            self.len += text.len();
        }
        self
    }

    pub(crate) const fn number(self, number: u32) -> Self {
        let text = if number > 9 { self.number(number / 10) } else { self };
        let digits = "0123456789";
        let (_, from) = digits.split_at((number % 10) as usize);
        let (digit, _) = from.split_at(1);
        text.push(digit)
    }

    pub(crate) const fn as_str(&self) -> &str {
        let (written, _) = self.bytes.split_at(self.len);
        match std::str::from_utf8(written) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}
