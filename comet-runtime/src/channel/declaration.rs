//! What `#[channel]` says about a type.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use serde::Serialize;

use super::{GuardFuture, Verdict};
use crate::call::Call;
use crate::error::{Error, Result, caught};
use crate::log::Limits;
use crate::registry::{Access, Location};
use crate::typescript::Described;

/// A type that is published on a channel of its own. Made by `#[channel]`.
pub trait Channel: Sized + 'static {
    /// What the attribute says.
    const DECLARATION: &'static Declaration;

    /// The event as it is published: JSON, or bytes of the channel's media type.
    ///
    /// # Errors
    ///
    /// The type has no form in JSON, such as a map whose keys are no texts; there are no bytes.
    fn payload(&self) -> Result<Vec<u8>>;

    /// Which earlier events this one supersedes for readers that fall behind: those of an equal key. `None` for none,
    /// unless the channel says `slow = conflate(by = …)`.
    ///
    /// # Errors
    ///
    /// The field has no form in JSON.
    fn key(&self) -> Result<Option<Vec<u8>>> {
        Ok(None)
    }
}

/// What can be published: anything with `serde::Serialize`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be published on a channel",
    label = "has no `serde::Serialize`",
    note = "derive it: `#[derive(serde::Serialize)]`"
)]
pub trait Payload: Serialize {}

#[diagnostic::do_not_recommend]
impl<T: Serialize> Payload for T {}

/// Writes an event as JSON.
pub fn json<T: Payload>(event: &T) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(event)?)
}

/// What can be published as bytes of a media type: anything with `AsRef<[u8]>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be published as the bytes of its channel's `content_type`",
    label = "has no `AsRef<[u8]>`",
    note = "write `impl AsRef<[u8]> for {Self}`, or leave `content_type` out to publish it as JSON"
)]
pub trait Raw: AsRef<[u8]> {}

#[diagnostic::do_not_recommend]
impl<T: AsRef<[u8]>> Raw for T {}

/// The bytes of an event.
pub fn raw<T: Raw>(event: &T) -> Result<Vec<u8>> {
    match event.as_ref() {
        [] => Err(Error::new(StatusCode::INTERNAL_SERVER_ERROR, NO_BYTES)),
        bytes => Ok(bytes.to_vec()),
    }
}

/// Why nothing is published: a part without bytes takes away the image that a browser shows.
pub(crate) const NO_BYTES: &str = "an event of bytes has at least one byte";

/// A channel type as its attribute declares it.
pub struct Declaration {
    /// The pattern of its channels' names, `todos/{list}`.
    pub pattern: &'static str,
    /// The type's name.
    pub payload: &'static str,
    /// What its payloads are where they are no JSON, `image/png`.
    pub media: Option<&'static str>,
    /// How many entries are kept for readers that come or come back; `None` keeps a few for short absences only, of a
    /// `media` the newest.
    pub history: Option<usize>,
    /// How long entries are kept.
    pub max_age: Option<Duration>,
    /// What a client does that missed entries.
    pub on_gap: OnGap,
    /// What becomes of a reader that is slower than the channel.
    pub slow: Slow,
    /// How long a person whose last reader has gone still counts as there; `None` for a channel without presence.
    pub presence: Option<Duration>,
    /// Keeps equal patterns of independent programs in one binary apart.
    pub group: &'static str,
    /// Whether it is for anybody.
    pub access: Access,
    /// The module it comes from, with its crate first: `chat::rooms`.
    pub module: &'static str,
    /// Where it is written.
    pub at: Location,
    /// Decides who may follow one of its channels.
    pub guard: fn(Call) -> GuardFuture,
    /// Notes the types of the parameters and the payload, as far as they are described.
    #[doc(hidden)]
    pub types: fn(&mut Described),
}

inventory::collect!(Declaration);

/// What a client does that missed entries of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OnGap {
    /// Goes on with what is left, and is told.
    Replay,
    /// Fetches the whole state anew.
    Snapshot,
    /// Loads the page anew.
    Reload,
    /// Nothing: what was missed does not matter.
    Ignore,
}

/// What becomes of a reader that is slower than its channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slow {
    /// It misses what the log has dropped, and is told.
    Gap,
    /// It is cut off, and comes back by its cursor.
    Cut,
    /// Of the events that it has not read yet it gets the newest of each key only.
    Conflate {
        /// The field whose value is the key.
        by: &'static str,
        /// The variants of an enum that have the field.
        variants: &'static [&'static str],
    },
}

/// What a channel without `history` keeps: enough for a client that changes its connection.
const SHORT: usize = 64;

/// The most bytes a channel keeps, whatever its `history`.
const BYTES: usize = 8 * 1024 * 1024;

impl Declaration {
    /// Asks who decides about the channel.
    ///
    /// # Errors
    ///
    /// The refusal; a status of 500 or more where there was no answer.
    pub(crate) async fn ask(&self, call: Call) -> Result<Verdict> {
        caught((self.guard)(call), || format!("the access function of `{}`", self.pattern)).await
    }

    pub(crate) fn limits(&self) -> Limits {
        let entries = self.history.unwrap_or(if self.media.is_some() { 1 } else { SHORT });
        Limits { entries, bytes: BYTES, age: self.max_age }
    }
}

impl fmt::Debug for Declaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Declaration")
            .field("pattern", &self.pattern)
            .field("payload", &self.payload)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

/// Every linked declaration, sorted, each once.
pub(crate) fn linked() -> Vec<&'static Declaration> {
    let mut all: Vec<_> = inventory::iter::<Declaration>.into_iter().collect();
    all.sort_by_key(|d| (d.pattern, d.payload, d.at));
    all.dedup_by_key(|d| (d.pattern, d.at));
    all
}
