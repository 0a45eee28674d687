//! Updates of other processes, a JSON array of `{"path":…,"message":…}`.

use std::collections::HashMap;
use std::sync::Arc;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use http::request::Parts;
use http::{Method, StatusCode};
use serde_json::value::RawValue;

use super::bound::refuse;
use super::session::{Admitted, Session, check_path};
use super::sessions::Sessions;
use super::update::Update;
use crate::app::{Event, Host};
use crate::error::Error;
use crate::reply::{Outcome, Value};
use crate::transport;

/// More updates than one request may have.
const MOST: usize = 1_000;

/// What Cornelius takes for success, letter by letter.
const SUCCESS: &str = "{success:true}";

const FAILURE: &str = "{error:true}";

#[derive(Debug)]
pub(super) struct Dudley {
    url: String,
    /// Whether updates are done one by one up to the first that fails, and not all or none.
    piecemeal: bool,
    sessions: Arc<Sessions>,
}

/// An update as it is sent; `None` for one that lacks its path or its message.
type Sent<'b> = Option<(String, &'b RawValue)>;

/// An update that will succeed.
enum Order {
    Publish(Event),
    Connect(Arc<Session>, Admitted),
    Disconnect(Arc<Session>, String),
    End(String),
    /// It is about a session that has gone.
    Nothing,
}

impl Dudley {
    pub(super) fn new(url: String, piecemeal: bool, sessions: Arc<Sessions>) -> Self {
        Self { url, piecemeal, sessions }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn claims(&self, parts: &Parts, path: &str) -> bool {
        parts.method == Method::POST && path == self.url
    }

    pub(super) async fn answer(&self, host: Host<'_>, parts: &Parts, body: Body) -> Response {
        if let Err(error) = host.admit_publisher(parts) {
            return refuse(&error);
        }
        match self.update(host, body).await {
            Ok(()) => text(SUCCESS),
            Err(error) if self.piecemeal => {
                error.log();
                text(FAILURE)
            }
            Err(error) => refuse(&error),
        }
    }

    async fn update(&self, host: Host<'_>, body: Body) -> Result<(), Error> {
        let body = host.read(body, Some(host.publish_limit())).await?;
        let all = read(&body)?;
        let mut orders = Vec::with_capacity(all.len());
        for (index, sent) in all.into_iter().enumerate() {
            let order = match sent {
                Ok(None) if self.piecemeal => continue,
                Ok(None) => Err(bad("it has no `path` or no `message`")),
                Ok(Some((path, message))) => self.order(host, &path, message).await,
                Err(error) => Err(error),
            };
            match order {
                Ok(order) if self.piecemeal => self.carry_out(order),
                Ok(order) => orders.push(order),
                Err(error) => {
                    let detail = format!("update {index}: {error}; none was done");
                    return Err(Error::new(error.status(), detail));
                }
            }
        }
        orders.into_iter().for_each(|order| self.carry_out(order));
        Ok(())
    }

    /// Checks an update.
    async fn order(&self, host: Host<'_>, path: &str, message: &RawValue) -> Result<Order, Error> {
        let command = path.strip_prefix("::");
        let Some(command) = command else {
            let data = data(message)?;
            self.pass(&Update::Message { path, message: data.get() })?;
            return host.event(path, &data).map(Order::Publish);
        };
        let what: String = serde_json::from_str(message.get())
            .map_err(|_| bad("the message of a command is a string"))?;
        if command == "gone" {
            return Ok(Order::End(what));
        }
        let (id, path) = what
            .split_once("->")
            .ok_or_else(|| bad("a session and a path have `->` between them"))?;
        match command {
            "connect" => self.pass(&Update::Connect { id, path })?,
            "disconnect" => self.pass(&Update::Disconnect { id, path })?,
            _ => {
                return Err(bad("there are the commands `::connect`, `::disconnect` and `::gone`"));
            }
        }
        check_path(path)?;
        Ok(match self.sessions.find(id) {
            None => Order::Nothing,
            Some(session) if command == "connect" => {
                let admitted = session.ask(path).await?;
                Order::Connect(session, admitted)
            }
            Some(session) => Order::Disconnect(session, path.to_owned()),
        })
    }

    fn pass(&self, update: &Update<'_>) -> Result<(), Error> {
        self.sessions.rules.filters.pass(update)
    }

    fn carry_out(&self, order: Order) {
        match order {
            Order::Publish(event) => {
                event.land();
            }
            Order::Connect(session, admitted) => session.connect(admitted),
            Order::Disconnect(session, path) => session.disconnect(&path),
            Order::End(id) => self.sessions.end(&id),
            Order::Nothing => {}
        }
    }
}

/// Reads the updates of a request, each of which may be none.
fn read(body: &Bytes) -> Result<Vec<Result<Sent<'_>, Error>>, Error> {
    let all: Vec<&RawValue> = serde_json::from_slice(body).map_err(|error| {
        bad(format!(r#"send a JSON array of {{"path":…,"message":…}}: {error}"#))
    })?;
    if all.len() > MOST {
        let detail = format!("a request has at most {MOST} updates, not {}", all.len());
        return Err(Error::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
    }
    Ok(all.into_iter().map(sent).collect())
}

fn sent(one: &RawValue) -> Result<Sent<'_>, Error> {
    let fields: HashMap<String, &RawValue> = serde_json::from_str(one.get())
        .map_err(|error| bad(format!("it is no object: {error}")))?;
    let (Some(path), Some(message)) = (fields.get("path"), fields.get("message")) else {
        return Ok(None);
    };
    let path = serde_json::from_str(path.get()).map_err(|_| bad("its `path` is no string"))?;
    Ok(Some((path, message)))
}

/// A message as a channel has it. Roots' messages are text; text that is a JSON object or array is that.
fn data(message: &RawValue) -> Result<Box<RawValue>, Error> {
    let text = serde_json::from_str::<String>(message.get()).ok();
    let held = text.filter(|text| text.trim_start().starts_with(['{', '[']));
    match held.and_then(|text| RawValue::from_string(text).ok()) {
        Some(value) => Ok(value),
        None => Ok(message.to_owned()),
    }
}

fn bad(detail: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(StatusCode::BAD_REQUEST, detail)
}

fn text(reply: &'static str) -> Response {
    let outcome = Outcome::new(Value::Text(Bytes::from_static(reply.as_bytes())));
    let mut response = outcome.into_response();
    transport::guard(response.headers_mut());
    response
}
