//! What a program's own test asks: whether everything that is linked goes together.

use std::collections::BTreeSet;

use super::checks::{self, StartError};
use super::{App, builder};
use crate::{channel, registry};

/// Checks every handler and every channel that is linked into the program, those of each `group` among themselves, by
/// the rules of a start: two handlers on one route or of one name, two types on one channel, a `Timeout` that a handler
/// does not have, a crate that [is expected](crate::expect_handlers) and contributes nothing.
///
/// What an app lacks is seen by [`App::verify`] alone.
///
/// ```
/// #[comet::comet("/greeting", public)]
/// async fn greeting() -> &'static str {
///     "hello"
/// }
///
/// // in a test: `#[test] fn routes() -> Result<(), comet::StartError> { comet::verify() }`
/// # fn main() -> Result<(), comet::StartError> {
/// comet::verify()
/// # }
/// ```
///
/// # Errors
///
/// Everything that is wrong, at once, each with its places; or nothing at all is linked.
pub fn verify() -> Result<(), StartError> {
    let endpoints = registry::linked().into_iter().map(|endpoint| endpoint.group);
    let channels = channel::linked().into_iter().map(|channel| channel.group);
    let mut groups: BTreeSet<_> = endpoints.chain(channels).collect();
    if groups.is_empty() {
        groups.insert(builder::NO_GROUP);
    }
    let plans = groups.into_iter().map(|group| App::from_group(group).into_plan());
    checks::verify(plans, &registry::expected())
}
