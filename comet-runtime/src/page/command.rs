//! One page command as JSON, and why there may be none.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};

/// The types the client knows by itself. A custom command with such a name would bypass what their methods check.
const BUILT_IN: [&str; 18] = [
    "add_class", "after", "alert", "attr", "before", "call", "css", "dispatch", "focus", "html", "redirect", "remove",
    "remove_class", "replace", "script", "text", "toggle_class", "value",
];

/// A command: its fields in the order they are written, its type last, as Sijax writes them.
pub(super) struct Command<'a> {
    pub(super) kind: &'static str,
    pub(super) fields: &'a [(&'static str, Field<'a>)],
}

/// The value of a field.
pub(super) enum Field<'a> {
    Text(&'a str),
    Json(&'a RawValue),
}

impl Serialize for Command<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.fields.len() + 1))?;
        for (name, field) in self.fields {
            match field {
                Field::Text(text) => map.serialize_entry(name, text)?,
                Field::Json(json) => map.serialize_entry(name, json)?,
            }
        }
        map.serialize_entry("type", self.kind)?;
        map.end()
    }
}

/// Why a command could not be queued: what it was given is not what it needs.
#[derive(Debug, thiserror::Error)]
#[error("`page.{method}({subject:?}, …)`: {problem}")]
pub struct CommandError {
    method: &'static str,
    subject: String,
    problem: String,
}

impl CommandError {
    fn new(method: &'static str, subject: &str, problem: impl Into<String>) -> Self {
        Self { method, subject: subject.to_owned(), problem: problem.into() }
    }
}

/// A value as JSON.
pub(super) fn json(
    method: &'static str,
    subject: &str,
    value: &impl Serialize,
) -> Result<Box<RawValue>, CommandError> {
    to_raw_value(value).map_err(|error| CommandError::new(method, subject, format!("no JSON can be made of it: {error}")))
}

/// The arguments of a call: a list, or nothing.
pub(super) fn list(function: &str, args: &impl Serialize) -> Result<Box<RawValue>, CommandError> {
    let args = json("call", function, args)?;
    match args.get().trim_start().as_bytes().first() {
        Some(b'[') => Ok(args),
        _ if args.get() == "null" => json("call", function, &[(); 0]),
        _ => Err(CommandError::new("call", function, "the arguments are no list; give a tuple, `(value,)` for one")),
    }
}

/// A command of the user's own type: the fields of `params`, then the type.
pub(super) fn custom(kind: &str, params: &impl Serialize) -> Result<String, CommandError> {
    let refuse = |problem: &str| Err(CommandError::new("custom", kind, problem));
    if BUILT_IN.contains(&kind) {
        return refuse("this type is built in; use its own method");
    }
    let params = json("custom", kind, params)?;
    match serde_json::from_str::<Option<Map<String, Value>>>(params.get()) {
        Ok(Some(fields)) if fields.contains_key("type") => refuse("a field cannot be called `type`"),
        Ok(fields) => {
            let inner = params.get().trim().trim_start_matches('{').trim_end_matches('}');
            let comma = if fields.is_none_or(|fields| fields.is_empty()) { "" } else { "," };
            Ok(format!("{{{inner}{comma}\"type\":{}}}", Value::from(kind)))
        }
        Err(_) => refuse("the parameters are no object; give a struct or a map"),
    }
}
