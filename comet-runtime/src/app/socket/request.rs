//! What a client asks for in one message.

use http::StatusCode;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::app::wanted::MOST;
use crate::channel::Positions;
use crate::error::Error;

/// A client's message.
#[derive(Debug)]
pub(super) enum Request {
    Subscribe(Subscribe),
    Unsubscribe(Vec<String>),
    Call(Calling),
    Cancel(CallId),
}

/// Channels to follow from some positions on.
#[derive(Debug, Default)]
pub(super) struct Subscribe {
    pub(super) names: Vec<String>,
    pub(super) positions: Positions,
    pub(super) history: usize,
}

/// A call of a handler.
#[derive(Debug)]
pub(super) struct Calling {
    pub(super) id: CallId,
    pub(super) handler: String,
    /// JSON, or nothing.
    pub(super) arguments: String,
    pub(super) cursor: Option<String>,
    pub(super) csrf: Option<String>,
}

/// What a client calls a call: characters of `[A-Za-z0-9._~-]` only, at most 64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CallId(Box<str>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw<'m> {
    subscribe: Option<Vec<String>>,
    unsubscribe: Option<Vec<String>>,
    call: Option<String>,
    cancel: Option<String>,
    id: Option<String>,
    #[serde(borrow)]
    args: Option<&'m RawValue>,
    cursor: Option<String>,
    history: Option<usize>,
    csrf: Option<String>,
}

impl Request {
    /// Reads a message.
    ///
    /// # Errors
    ///
    /// 400 that says what is wrong with it.
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        let raw: Raw<'_> = serde_json::from_str(text)
            .map_err(|e| bad(format!("the message does not fit: {e}")))?;
        match (&raw.subscribe, &raw.unsubscribe, &raw.call, &raw.cancel) {
            (Some(_), None, None, None) => raw.into_subscribe(),
            (None, Some(_), None, None) => Ok(Self::Unsubscribe(few(raw.unsubscribe)?)),
            (None, None, Some(_), None) => raw.into_call(),
            (None, None, None, Some(_)) => Ok(Self::Cancel(CallId::read(raw.cancel)?)),
            _ => {
                Err(bad("a message has one of `subscribe`, `unsubscribe`, `call` and `cancel`"
                    .to_owned()))
            }
        }
    }
}

impl Raw<'_> {
    fn into_subscribe(self) -> Result<Request, Error> {
        let positions = self.cursor.as_deref().map(Positions::read).unwrap_or_default();
        let history = self.history.unwrap_or_default();
        Ok(Request::Subscribe(Subscribe { names: few(self.subscribe)?, positions, history }))
    }

    fn into_call(self) -> Result<Request, Error> {
        Ok(Request::Call(Calling {
            id: CallId::read(self.id)?,
            handler: self.call.unwrap_or_default(),
            arguments: self.args.map(|args| args.get().to_owned()).unwrap_or_default(),
            cursor: self.cursor,
            csrf: self.csrf,
        }))
    }
}

impl CallId {
    fn read(text: Option<String>) -> Result<Self, Error> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._~-".contains(&b);
        let text = text.filter(|id| (1..=64).contains(&id.len()) && id.bytes().all(plain));
        text.map(|id| Self(id.into())).ok_or_else(|| {
            bad("a call has an `id` of 1 to 64 letters, digits and `._~-`".to_owned())
        })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names, as many as a connection may have channels.
fn few(names: Option<Vec<String>>) -> Result<Vec<String>, Error> {
    let names = names.unwrap_or_default();
    match names.len() {
        0 => Err(bad("the list of channels is empty".to_owned())),
        1..=MOST => Ok(names),
        many => Err(bad(format!("a message names at most {MOST} channels, not {many}"))),
    }
}

fn bad(detail: String) -> Error {
    Error::new(StatusCode::BAD_REQUEST, detail)
}
