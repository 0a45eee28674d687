//! A part of the source that knows where it stands.

use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece<'s> {
    pub(crate) text: &'s str,
    pub(crate) start: usize,
}

impl<'s> Piece<'s> {
    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// The pieces between separators, which are one byte long.
    pub(crate) fn split(self, separator: char) -> impl Iterator<Item = Self> {
        let mut start = self.start;
        self.text.split(separator).map(move |text| {
            let piece = Self { text, start };
            start += text.len() + 1;
            piece
        })
    }

    /// What is before and what is behind the first separator, which is one byte long.
    pub(crate) fn split_once(self, separator: char) -> (Self, Option<Self>) {
        match self.text.split_once(separator) {
            None => (self, None),
            Some((before, behind)) => (
                Self { text: before, start: self.start },
                Some(Self { text: behind, start: self.start + before.len() + 1 }),
            ),
        }
    }

    /// The bytes that `c`, found at byte `at` of the text, takes in the source.
    pub(crate) fn range_of(self, at: usize, c: char) -> Range<usize> {
        self.start + at..self.start + at + c.len_utf8()
    }
}

impl<'s> From<&'s str> for Piece<'s> {
    fn from(text: &'s str) -> Self {
        Self { text, start: 0 }
    }
}
