//! A secret among the settings.

use std::fmt;
use std::str::FromStr;

use crate::auth::equal;

/// A shared secret: at least 16 visible ASCII characters, which it never shows again.
///
/// ```
/// let secret: comet::Secret = "correct-horse-battery".parse().unwrap();
/// assert_eq!(format!("{secret:?}"), "Secret(…)");
/// assert!("too short".parse::<comet::Secret>().is_err());
/// ```
#[derive(Clone)]
pub struct Secret(Box<str>);

/// Text that cannot be a secret. Its message does not repeat the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a secret has at least {SHORTEST} visible ASCII characters, such as `openssl rand -hex 32` prints"
)]
pub struct WeakSecret;

const SHORTEST: usize = 16;

impl Secret {
    /// Whether this is the secret, in a time that depends on the lengths only.
    pub(crate) fn is(&self, given: &[u8]) -> bool {
        equal(self.0.as_bytes(), given)
    }
}

impl FromStr for Secret {
    type Err = WeakSecret;

    fn from_str(text: &str) -> Result<Self, WeakSecret> {
        let strong = text.len() >= SHORTEST && text.bytes().all(|b| b.is_ascii_graphic());
        strong.then(|| Self(text.into())).ok_or(WeakSecret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
