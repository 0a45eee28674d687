//! The right to publish.

use std::path::Path;

use http::HeaderValue;

use crate::failure::Failure;

const VARIABLE: &str = "COMET_PUBLISH_SECRET";

/// The value of `Authorization`, from a file or else from the environment. Without one a server may still let programs of
/// its own machine in.
pub(crate) fn find(file: Option<&Path>) -> Result<Option<HeaderValue>, Failure> {
    let (secret, source) = match file {
        Some(file) => {
            let read = std::fs::read_to_string(file);
            let text =
                read.map_err(|error| Failure::input(format!("{}: {error}", file.display())))?;
            (text, file.display().to_string())
        }
        None => match std::env::var(VARIABLE) {
            Ok(secret) => (secret, VARIABLE.to_owned()),
            Err(_) => return Ok(None),
        },
    };
    let secret = secret.trim();
    if secret.is_empty() && file.is_none() {
        return Ok(None);
    }
    let plain = !secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_graphic());
    let value = HeaderValue::try_from(format!("Bearer {secret}")).ok().filter(|_| plain);
    let mut value = value.ok_or_else(|| {
        Failure::input(format!("{source}: a secret is one line of visible ASCII characters"))
    })?;
    value.set_sensitive(true);
    Ok(Some(value))
}
