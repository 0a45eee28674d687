//! The key of an event: which events of a channel with `slow = conflate(by = field)` supersede each other.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Declaration, Slow};
use crate::error::Result;
use crate::log::Key;

/// A field's value by which events can be told apart: anything with [`Eq`] and `serde::Serialize`. Two are the same when
/// their JSON is.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` cannot tell events apart",
    label = "`conflate(by = …)` needs a field with `Eq` and `serde::Serialize`",
    note = "numbers, `bool`, `char`, `String` and types that derive both will do; floating-point numbers are not `Eq`"
)]
pub trait ConflateBy: Serialize {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + Eq + ?Sized> ConflateBy for T {}

/// A field's value as a key.
pub fn key<T: ConflateBy + ?Sized>(field: &T) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(field)?)
}

/// The key of an event that comes as JSON: what the field of that name says, in the event itself or in the variant that
/// an enum has its name around. Without one the event supersedes nothing and nothing supersedes it.
pub(super) fn key_in(declaration: &Declaration, json: &[u8]) -> Option<Key> {
    let Slow::Conflate { by, variants } = declaration.slow else { return None };
    let members: Members<'_> = serde_json::from_slice(json).ok()?;
    if let Some(value) = members.get(by) {
        return compact(value);
    }
    let (name, variant) = members.iter().next().filter(|_| members.len() == 1)?;
    let known = variants.iter().any(|known| plain(known).eq(plain(name)));
    let within: Members<'_> = serde_json::from_str(variant.get()).ok().filter(|_| known)?;
    within.get(by).and_then(|value| compact(value))
}

type Members<'a> = HashMap<Cow<'a, str>, &'a RawValue>;

/// As a field's own value is written: without spaces.
fn compact(value: &RawValue) -> Option<Key> {
    let value: Value = serde_json::from_str(value.get()).ok()?;
    Some(value.to_string().into_bytes().into())
}

/// A variant's name in whatever case `serde(rename_all)` gives it.
fn plain(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase())
}
