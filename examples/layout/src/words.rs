//! What visitors may send: names that stand in a URL, and text that has an end.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use comet::{Param, ParamError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A name as it stands in a URL: 1 to 40 of `a-z`, `0-9` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "String")]
pub struct Slug(Cow<'static, str>);

/// A text of 1 to `MOST` characters, without space around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "String")]
pub struct Text<const MOST: usize>(String);

/// A name that cannot stand in a URL.
#[derive(Debug, thiserror::Error)]
#[error("a name is 1 to 40 of `a-z`, `0-9` and `-`")]
pub struct BadSlug;

/// A text that is none, or too long.
#[derive(Debug, thiserror::Error)]
#[error("a text of 1 to {0} characters is asked for")]
pub struct BadText(usize);

impl Slug {
    /// A name that the program itself gives.
    pub const fn fixed(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

impl TryFrom<String> for Slug {
    type Error = BadSlug;

    fn try_from(name: String) -> Result<Self, BadSlug> {
        let fits = |c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'-');
        match name.len() {
            1..=40 if name.bytes().all(fits) => Ok(Self(Cow::Owned(name))),
            _ => Err(BadSlug),
        }
    }
}

impl FromStr for Slug {
    type Err = BadSlug;

    fn from_str(name: &str) -> Result<Self, BadSlug> {
        name.to_owned().try_into()
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

comet::param!(Slug);

impl<const MOST: usize> TryFrom<String> for Text<MOST> {
    type Error = BadText;

    fn try_from(text: String) -> Result<Self, BadText> {
        let text = text.trim();
        if (1..=MOST).contains(&text.chars().count()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadText(MOST))
        }
    }
}

impl<const MOST: usize> fmt::Display for Text<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MOST: usize> Param for Text<MOST> {
    type Get<'r> = Self;

    fn read(text: &str) -> Result<Self, ParamError> {
        text.to_owned().try_into().map_err(ParamError::new)
    }

    fn write(&self) -> String {
        self.0.clone()
    }
}
