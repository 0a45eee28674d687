//! How the settings are read from a file (typed values) or the environment (text only).

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;
use std::time::Duration;

use serde::de::{Deserializer, Error, SeqAccess, Visitor};

pub(super) fn duration<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    from.deserialize_any(Text { parse: super::duration::parse, what: "a duration" })
}

pub(super) fn size<'de, D: Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
    from.deserialize_any(Text { parse: super::size::parse, what: "a size" })
}

pub(super) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
    let parse = |text: &str| {
        text.trim().parse().map_err(|_| format!("`{text}` is not a whole number such as 100"))
    };
    from.deserialize_any(Text { parse, what: "a whole number" })
}

pub(super) fn value<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    from.deserialize_any(Text { parse: parsed::<T>, what: "a text" })
}

/// A value, or none for an empty text.
pub(super) fn optional<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    let parse = |text: &str| (!text.trim().is_empty()).then(|| parsed(text)).transpose();
    from.deserialize_any(Text { parse, what: "a text" })
}

/// A list of texts, or in one text with commas between.
pub(super) fn list<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    from.deserialize_any(List(PhantomData))
}

fn parsed<T: FromStr<Err: fmt::Display>>(text: &str) -> Result<T, String> {
    text.trim().parse().map_err(|error: T::Err| error.to_string())
}

struct Text<P> {
    parse: P,
    what: &'static str,
}

impl<T, P: Fn(&str) -> Result<T, String>> Visitor<'_> for Text<P> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.parse)(text).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }
}

struct List<T>(PhantomData<T>);

impl<'de, T: FromStr<Err: fmt::Display>> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
        let items = text.split(',').filter(|item| !item.trim().is_empty());
        items.map(|item| parsed(item).map_err(E::custom)).collect()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<String>()? {
            list.push(parsed(&item).map_err(A::Error::custom)?);
        }
        Ok(list)
    }
}
