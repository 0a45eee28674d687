//! What the caller adds to the request: cookies and tokens, for channels that are not public.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::failure::Failure;

/// Reads `Name: value`, or `@FILE` with one of them a line.
pub(super) fn read(given: &[String]) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    for given in given {
        let Some(path) = given.strip_prefix('@') else {
            add(&mut headers, given)?;
            continue;
        };
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|error| Failure::input(format!("{path}: {error}")))?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            add(&mut headers, line)?;
        }
    }
    Ok(headers)
}

fn add(headers: &mut HeaderMap, line: &str) -> Result<(), Failure> {
    let parsed = line.split_once(':').and_then(|(name, value)| {
        Some((HeaderName::try_from(name.trim()).ok()?, HeaderValue::try_from(value.trim()).ok()?))
    });
    let (name, mut value) = parsed.ok_or_else(|| {
        // Without the value, which may be a secret.
        let name = line.split_once(':').map_or("…", |(name, _)| name);
        Failure::input(format!("`{name}` is no header field; write 'Name: value', or @FILE"))
    })?;
    value.set_sensitive(true);
    headers.append(name, value);
    Ok(())
}
