//! The events of one publish request: read and checked whole before the first is appended.

use std::borrow::Cow;

use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::channel::{Directory, NO_BYTES, Named, hub};
use crate::error::Error;
use crate::log::{EventName, media};

/// More events than one request may have.
const MOST: usize = 1_000;

/// Checked events, in the order they will have.
#[derive(Debug)]
pub(in crate::app) struct Batch(Vec<Event>);

/// An event that fits its channel.
#[derive(Debug)]
pub(crate) struct Event {
    channel: Named,
    name: EventName,
    data: Bytes,
}

/// An event as it is sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent<'a> {
    #[serde(borrow)]
    channel: Cow<'a, str>,
    #[serde(borrow)]
    event: Option<Cow<'a, str>>,
    #[serde(borrow)]
    data: &'a RawValue,
}

impl Batch {
    /// Reads one event or a list of them.
    ///
    /// # Errors
    ///
    /// 400 for what is no such thing, 404 for a channel that no type declares, 413 for too many; all name the event.
    pub(in crate::app) fn read(body: &[u8], directory: &Directory) -> Result<Self, Error> {
        let sent = sent(body).map_err(|error| {
            let detail = format!(
                r#"send {{"channel":"…","data":…}}, with "event" if it has a name, or a list of them: {error}"#
            );
            Error::new(StatusCode::BAD_REQUEST, detail)
        })?;
        if sent.len() > MOST {
            let detail = format!("a request has at most {MOST} events, not {}", sent.len());
            return Err(Error::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
        }
        let checked = sent.into_iter().enumerate().map(|(index, sent)| {
            let Sent { channel, event, data } = sent;
            Event::check(&channel, event.as_deref(), data, directory).map_err(|error| {
                Error::new(error.status(), format!("event {index}: {error}; none was published"))
            })
        });
        checked.collect::<Result<_, _>>().map(Self)
    }

    /// How many events there are.
    #[cfg(any(test, fuzzing))]
    pub(in crate::app) fn len(&self) -> usize {
        self.0.len()
    }

    /// Appends all events and hands back their offsets. Nothing can fail any more.
    pub(super) fn land(&self) -> Vec<u64> {
        self.0.iter().map(Event::land).collect()
    }
}

fn sent(body: &[u8]) -> serde_json::Result<Vec<Sent<'_>>> {
    if body.trim_ascii_start().first() == Some(&b'[') {
        return serde_json::from_slice(body);
    }
    serde_json::from_slice(body).map(|one| vec![one])
}

/// The bytes in the JSON that stands for them.
fn raw(media: &str, data: &RawValue) -> Result<Bytes, Error> {
    let url = serde_json::from_str::<Cow<'_, str>>(data.get()).ok();
    let bytes = url.and_then(|url| media::from_url(media, &url)).ok_or_else(|| {
        let detail = format!(
            "this channel has `{media}`: its `data` is a string, `data:{media};base64,` and the bytes \
             in base64"
        );
        Error::new(StatusCode::BAD_REQUEST, detail)
    })?;
    if bytes.is_empty() {
        return Err(Error::new(StatusCode::BAD_REQUEST, NO_BYTES));
    }
    Ok(bytes)
}

impl Event {
    /// Checks an event for the channel of that name.
    ///
    /// # Errors
    ///
    /// 404 for a channel that no type declares, 400 for names that cannot be and for bytes that are none.
    pub(in crate::app) fn check(
        channel: &str,
        event: Option<&str>,
        data: &RawValue,
        directory: &Directory,
    ) -> Result<Self, Error> {
        let channel = directory.find(channel)?;
        let name = match event {
            None | Some("message") => EventName::MESSAGE,
            Some(name) => EventName::new(name.to_owned())
                .map_err(|error| Error::new(StatusCode::BAD_REQUEST, error.to_string()))?,
        };
        let data = match channel.declaration.media {
            None => Bytes::copy_from_slice(data.get().as_bytes()),
            Some(media) => raw(media, data)?,
        };
        Ok(Self { channel, name, data })
    }

    /// Appends it and hands back its offset.
    pub(crate) fn land(&self) -> u64 {
        hub().append(&self.channel, &self.name, &self.data)
    }
}
