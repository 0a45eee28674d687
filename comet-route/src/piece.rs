//! A part of the source that knows where it stands.

use std::ops::Range;

use crate::spell::spell;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece<'s> {
    pub(crate) text: &'s str,
    pub(crate) start: usize,
}

impl<'s> Piece<'s> {
    pub(crate) fn end(self) -> usize {
        self.start + self.text.len()
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end()
    }

    /// The text on one line, for messages.
    pub(crate) fn shown(self) -> String {
        spell(self.text)
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
            Some((text, behind)) => {
                let before = Self { text, start: self.start };
                (before, Some(Self { text: behind, start: before.end() + 1 }))
            }
        }
    }

    /// What is between the braces, if the whole piece is one pair of them.
    pub(crate) fn inside_braces(self) -> Option<&'s str> {
        let inner = self.text.strip_prefix('{')?.strip_suffix('}')?;
        (!inner.contains('}')).then_some(inner)
    }
}

impl<'s> From<&'s str> for Piece<'s> {
    fn from(text: &'s str) -> Self {
        Self { text, start: 0 }
    }
}
