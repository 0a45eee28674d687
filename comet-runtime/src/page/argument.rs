//! What a user's values must be to become part of a command.

use std::fmt::Display;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};

/// The types the client knows by itself. A custom command of such a type would bypass what its method checks.
const BUILT_IN: [&str; 18] = [
    "add_class",
    "after",
    "alert",
    "attr",
    "before",
    "call",
    "css",
    "dispatch",
    "focus",
    "html",
    "redirect",
    "remove",
    "remove_class",
    "replace",
    "script",
    "text",
    "toggle_class",
    "value",
];

/// A command that could not be queued, by the method and its first argument, and why.
#[derive(Debug, thiserror::Error)]
#[error("page.{method}({subject:?}, …): {problem}")]
pub(super) struct ArgumentError {
    method: String,
    subject: String,
    problem: String,
}

impl ArgumentError {
    pub(super) fn new(method: &str, subject: &str, problem: impl Display) -> Self {
        Self { method: method.into(), subject: subject.into(), problem: problem.to_string() }
    }
}

/// Any value as JSON.
pub(super) fn json(
    method: &str,
    subject: &str,
    value: &impl Serialize,
) -> Result<Box<RawValue>, ArgumentError> {
    to_raw_value(value).map_err(|error| {
        ArgumentError::new(method, subject, format_args!("the value has no JSON form: {error}"))
    })
}

/// The arguments of a function in the page: a list, or nothing at all.
pub(super) fn list(function: &str, args: &impl Serialize) -> Result<Box<RawValue>, ArgumentError> {
    let json = json("call", function, args)?;
    match json.get().trim_start() {
        "null" => self::json("call", function, &[(); 0]),
        list if list.starts_with('[') => Ok(json),
        _ => {
            let advice = "the arguments are no list; give a slice or a tuple, `(value,)` for one";
            Err(ArgumentError::new("call", function, advice))
        }
    }
}

/// A command of the user's own type: the fields of `params`, and the type.
pub(super) fn custom(kind: &str, params: &impl Serialize) -> Result<String, ArgumentError> {
    let refuse = |problem| Err(ArgumentError::new("custom", kind, problem));
    if BUILT_IN.contains(&kind) {
        return refuse("this type is built in; use the method of that name");
    }
    let json = json("custom", kind, params)?;
    let Ok(fields) = serde_json::from_str::<Option<Map<String, Value>>>(json.get()) else {
        return refuse("the parameters are no object; give a struct or a map");
    };
    let fields = fields.unwrap_or_default();
    if fields.contains_key("type") {
        return refuse("a parameter cannot be called `type`");
    }
    let kind = Value::from(kind);
    let inner = json.get().trim().strip_prefix('{').and_then(|json| json.strip_suffix('}'));
    Ok(match inner {
        Some(inner) if !fields.is_empty() => format!("{{{inner},\"type\":{kind}}}"),
        _ => format!("{{\"type\":{kind}}}"),
    })
}
