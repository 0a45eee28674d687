//! JSON whose texts stand for numbers and booleans where those are wanted, as the fields of a form are nothing but texts.

use std::str::FromStr;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};
use serde_json::{Error, Value};

/// Reads a value in that way; an empty text is nothing where there may be nothing.
pub(super) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    T::deserialize(Texts(value))
}

struct Texts(Value);

impl Texts {
    /// The number that its text is, or what it is.
    fn number<T: FromStr + Into<Value>>(self) -> Value {
        let number = self.0.as_str().and_then(|text| text.parse::<T>().ok());
        number.map_or(self.0, Into::into)
    }

    /// A checkbox without a value of its own says `on` (HTML, section 4.10.5.3.11).
    fn boolean(self) -> Value {
        match self.0.as_str() {
            Some("true" | "on") => Value::Bool(true),
            Some("false") => Value::Bool(false),
            _ => self.0,
        }
    }
}

/// Methods for the types of numbers.
macro_rules! numbers {
    ($($method:ident: $type:ty,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.number::<$type>().$method(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Texts {
    type Error = Error;

    numbers! {
        deserialize_i8: i8,
        deserialize_i16: i16,
        deserialize_i32: i32,
        deserialize_i64: i64,
        deserialize_u8: u8,
        deserialize_u16: u16,
        deserialize_u32: u32,
        deserialize_u64: u64,
        deserialize_f32: f32,
        deserialize_f64: f64,
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.boolean().deserialize_bool(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0 {
            Value::Null => visitor.visit_none(),
            Value::String(text) if text.is_empty() => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(values) => {
                visitor.visit_seq(SeqDeserializer::new(values.into_iter().map(Texts)))
            }
            Value::Object(members) => {
                let members = members.into_iter().map(|(name, value)| (name, Texts(value)));
                visitor.visit_map(MapDeserializer::new(members))
            }
            value => value.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
        ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Texts {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
