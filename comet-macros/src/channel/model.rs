//! What a checked `#[channel]` says.

use std::time::Duration;

use proc_macro2::Ident;
use syn::{LitStr, Path};

use super::conflate::Key;
use crate::model::{Argument, Place, Route};

/// A type with its channels.
pub(super) struct Channel {
    /// The type.
    pub(super) place: Place,
    /// The pattern of their names. A name is a path without the slash before it.
    pub(super) pattern: Route,
    /// What stands in the pattern, in its order.
    pub(super) parameters: Vec<Argument>,
    pub(super) access: Access,
    pub(super) settings: Settings,
}

/// What may be said of a channel, and has a value when it is not.
#[derive(Default)]
pub(super) struct Settings {
    /// What the payloads are where they are no JSON.
    pub(super) media: Option<LitStr>,
    pub(super) history: Option<usize>,
    pub(super) max_age: Option<Duration>,
    pub(super) on_gap: OnGap,
    pub(super) slow: Slow<Key>,
    pub(super) presence: Option<Duration>,
    pub(super) group: String,
}

/// Who may follow.
#[derive(Clone, Debug)]
pub(super) enum Access {
    Public,
    /// Whom this function lets.
    Asked(Path),
}

/// One of a few words.
pub(super) trait Choice: Copy + 'static {
    /// The option it is a value of.
    const OPTION: &'static str;
    /// As they are written, the runtime's name for each.
    const WORDS: &'static [(&'static str, Self)];
}

/// What a client does that missed entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum OnGap {
    #[default]
    Replay,
    Snapshot,
    Reload,
    Ignore,
}

impl Choice for OnGap {
    const OPTION: &'static str = "on_gap";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("replay", Self::Replay),
        ("snapshot", Self::Snapshot),
        ("reload", Self::Reload),
        ("ignore", Self::Ignore),
    ];
}

/// What becomes of a reader that is slower than the channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Slow<K = Ident> {
    #[default]
    Gap,
    Cut,
    /// It gets the newest event of each key.
    Conflate(K),
}
