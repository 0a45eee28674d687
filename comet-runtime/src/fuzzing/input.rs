//! Values made of bytes that somebody else has chosen.

use serde_json::{Map, Value};

use crate::log::EventName;

/// An event as it is to go through a framing and back: name, data, and whether the data is spread over lines.
pub(crate) type Sent = (EventName, Value, bool);

/// Bytes that are used up. Where they end, everything is nothing.
pub(super) struct Input<'a>(pub(super) &'a [u8]);

impl Input<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn text(&mut self) -> String {
        let length = usize::from(self.byte()).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn json(&mut self, depth: u8) -> Value {
        let inner = depth < 3;
        match self.byte() % 7 {
            0 => Value::Null,
            1 => Value::from(self.byte() > 127),
            2 => Value::from(i64::from(self.byte()) - 128),
            3 if inner => (0..self.byte() % 4).map(|_| self.json(depth + 1)).collect(),
            4 if inner => {
                let pairs = (0..self.byte() % 4).map(|_| (self.text(), self.json(depth + 1)));
                Value::from(pairs.collect::<Map<_, _>>())
            }
            _ => Value::from(self.text()),
        }
    }

    /// Events with whatever names are names.
    pub(super) fn sent(&mut self) -> Vec<Sent> {
        let mut all = Vec::new();
        while !self.0.is_empty() && all.len() < 16 {
            let event = EventName::new(self.text()).unwrap_or(EventName::MESSAGE);
            all.push((event, self.json(0), self.byte() > 127));
        }
        all
    }
}
