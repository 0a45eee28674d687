//! The arguments of a call, as the browser sent them.

#[cfg(test)]
mod tests;
mod texts;

use std::collections::HashMap;
use std::fmt::Display;

use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::error::Error;
#[cfg(feature = "upload")]
use crate::extract::UploadedFile;

/// Arguments by position or by name, each taken once.
#[derive(Debug)]
pub(crate) struct Arguments {
    given: Given,
    /// How many were asked for.
    taken: usize,
    /// What a form has besides texts.
    #[cfg(feature = "upload")]
    files: Vec<UploadedFile>,
}

#[derive(Debug)]
enum Given {
    Position(Vec<Option<Box<RawValue>>>),
    Name(HashMap<String, Box<RawValue>>),
    /// Names and texts of a form or a query; a name given several times is a list.
    Form(Vec<(String, String)>),
}

impl Arguments {
    pub(crate) fn none() -> Self {
        Self::new(Given::Position(Vec::new()))
    }

    fn new(given: Given) -> Self {
        Self {
            given,
            taken: 0,
            #[cfg(feature = "upload")]
            files: Vec::new(),
        }
    }

    /// Reads a JSON body: an array is by position, an object by name.
    pub(crate) fn json(body: &[u8]) -> Result<Self, Error> {
        let start = body.iter().find(|b| !b.is_ascii_whitespace());
        let given = match start {
            Some(b'[') => serde_json::from_slice(body).map(Given::Position),
            Some(b'{') => serde_json::from_slice(body).map(Given::Name),
            None | Some(b'n') if matches!(body.trim_ascii(), b"" | b"null") => {
                return Ok(Self::none());
            }
            _ => {
                return Err(bad("arguments are a JSON array (by position) or an object (by name)"));
            }
        };
        given.map(Self::new).map_err(|e| bad(format!("the body is not JSON: {e}")))
    }

    /// Arguments by name that were read already.
    #[cfg(feature = "openerp")]
    pub(crate) fn named(values: HashMap<String, Box<RawValue>>) -> Self {
        Self::new(Given::Name(values))
    }

    /// Reads a form body or a query, by name.
    pub(crate) fn form(body: &[u8]) -> Self {
        Self::new(Given::Form(form_urlencoded::parse(body).into_owned().collect()))
    }

    /// The texts and files of a form, by name.
    #[cfg(feature = "upload")]
    pub(crate) fn fields(texts: Vec<(String, String)>, files: Vec<UploadedFile>) -> Self {
        Self { files, ..Self::new(Given::Form(texts)) }
    }

    /// Takes the first file of that name.
    #[cfg(feature = "upload")]
    pub(crate) fn take_file(&mut self, name: &str) -> Option<UploadedFile> {
        let at = self.files.iter().position(|file| file.field() == name)?;
        Some(self.files.remove(at))
    }

    /// Takes the next argument, which the handler calls `name`.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Error> {
        let position = self.taken;
        self.taken += 1;
        let raw = match &mut self.given {
            Given::Position(values) => values.get_mut(position).and_then(Option::take),
            Given::Name(values) => values.remove(name),
            Given::Form(pairs) => return form_value(pairs, name),
        };
        match raw {
            Some(raw) => json_value(name, &raw),
            // An optional argument takes `null`; any other type says that it cannot.
            None => serde_json::from_str("null").map_err(|_| missing(name)),
        }
    }

    /// Takes the next argument as the texts that would stand for it in a URL: none, one, or those of a list.
    pub(crate) fn take_texts(&mut self, name: &str) -> Result<Vec<String>, Error> {
        if let Given::Form(pairs) = &self.given {
            let own = pairs.iter().filter(|(key, _)| key == name);
            return Ok(own.map(|(_, value)| value.clone()).collect());
        }
        match self.take(name)? {
            Value::Null => Ok(Vec::new()),
            Value::Array(values) => values.iter().map(|value| text(name, value)).collect(),
            value => Ok(vec![text(name, &value)?]),
        }
    }

    /// Refuses what nobody asked for.
    pub(crate) fn finish(&self) -> Result<(), Error> {
        match &self.given {
            Given::Position(values) if values.len() > self.taken => Err(bad(format!(
                "the handler takes {}, the call has {}",
                count(self.taken),
                values.len()
            ))),
            Given::Name(values) => values.keys().min().map_or(Ok(()), |name| Err(unknown(name))),
            Given::Position(_) | Given::Form(_) => Ok(()),
        }
    }
}

/// Reads one argument of JSON. The browser client sends forms as JSON, so a text does for a number or a boolean.
fn json_value<T: DeserializeOwned>(name: &str, raw: &RawValue) -> Result<T, Error> {
    serde_json::from_str(raw.get()).or_else(|strict| {
        let value = raw.get().contains('"').then(|| serde_json::from_str(raw.get()).ok());
        value
            .flatten()
            .and_then(|value| texts::read(value).ok())
            .ok_or_else(|| misfit(name, &strict))
    })
}

/// A value as it would be written in a URL.
fn text(name: &str, value: &Value) -> Result<String, Error> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(_) | Value::Bool(_) => Ok(value.to_string()),
        _ => Err(misfit(name, &"it stands in the route, so it is a text, a number or a boolean")),
    }
}

/// Reads one argument from a form, where everything is text: a list of the values with that name, or the one value.
fn form_value<T: DeserializeOwned>(pairs: &[(String, String)], name: &str) -> Result<T, Error> {
    let own = pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value);
    let texts: Vec<_> = own.collect();
    if texts.is_empty() {
        return serde_json::from_str("null").map_err(|_| missing(name));
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(texts.iter().map(|text| ("value", text)));
    let read = serde_html_form::from_str::<FormValue<T>>(&query.finish());
    read.map(|read| read.value).or_else(|strict| match *texts {
        [text] => texts::read(text.as_str().into()).map_err(|_| misfit(name, &strict)),
        _ => Err(misfit(name, &strict)),
    })
}

#[derive(serde::Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct FormValue<T> {
    value: T,
}

fn bad(detail: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(StatusCode::BAD_REQUEST, detail)
}

pub(crate) fn missing(name: &str) -> Error {
    bad(format!("argument `{name}` is missing"))
}

fn unknown(name: &str) -> Error {
    bad(format!("the handler has no argument `{}`", name.escape_default()))
}

fn misfit(name: &str, error: &dyn Display) -> Error {
    bad(format!("argument `{name}` does not fit: {error}"))
}

fn count(n: usize) -> String {
    match n {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        n => format!("{n} arguments"),
    }
}
