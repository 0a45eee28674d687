//! Who may publish from another process.

use std::str::FromStr;

/// Who may publish from another process: the setting `publish`.
///
/// ```
/// let publishers: comet::Publishers = "loopback".parse().unwrap();
/// assert_eq!(publishers, comet::Publishers::Loopback);
/// assert!("everybody".parse::<comet::Publishers>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Publishers {
    /// Whoever shows the secret; nobody while there is none.
    #[default]
    Secret,
    /// Every program of this machine as well, by way of its loopback interface.
    ///
    /// Behind a proxy on this machine all the world comes that way. What such a proxy says of the way is refused, but
    /// a proxy need not say it.
    Loopback,
}

/// Text that does not say who may publish.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` does not say who may publish; write secret or loopback")]
pub struct UnknownPublishers(String);

impl FromStr for Publishers {
    type Err = UnknownPublishers;

    fn from_str(text: &str) -> Result<Self, UnknownPublishers> {
        match text {
            "secret" => Ok(Self::Secret),
            "loopback" => Ok(Self::Loopback),
            other => Err(UnknownPublishers(other.to_owned())),
        }
    }
}
