//! One connection: its request, and what comes by it.

use std::time::Duration;

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{Method, Response, StatusCode, header};
use http_body_util::{BodyExt, Collected, Limited};
use hyper::body::Incoming;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::lines::Lines;
use super::{End, Following};
use crate::backoff::Backoff;
use crate::client::body;
use crate::event::{Bye, Closed, Gap, Hello, Message, Problem};
use crate::failure::{Failure, printable};
use crate::output::{note, print};

const NDJSON: &str = "application/x-ndjson";

/// The largest reason of a refusal.
const LARGEST: usize = 64 << 10;

/// A stream is lost when it was silent for two and a half heartbeats.
fn patience(heartbeat: u64) -> Duration {
    Duration::from_millis(heartbeat.saturating_mul(5) / 2)
}

impl Following<'_> {
    /// Follows until the connection ends.
    pub(super) async fn connection(&mut self, backoff: &mut Backoff) -> Result<End, Failure> {
        let answer = match self.server.send(body(self.request(), Bytes::new())?).await {
            Ok(answer) => answer,
            Err(error) if self.greeted => return Ok(End::Lost(error.to_string())),
            Err(error) => return Err(error.into()),
        };
        let status = answer.status();
        if matches!(status.as_u16(), 429 | 502..=504) {
            return Ok(End::Lost(format!("{} answers {status}", self.server.address)));
        }
        if status == StatusCode::NO_CONTENT {
            return Ok(End::Over);
        }
        if status != StatusCode::OK {
            return Err(self.refusal(answer).await);
        }
        if answer.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind != NDJSON) {
            let text =
                format!("no Comet server at {}: the answer is no stream", self.server.address);
            return Err(Failure::unreached(text));
        }
        self.read(answer.into_body(), backoff).await
    }

    fn request(&self) -> http::request::Builder {
        let mut query = Serializer::new(String::new());
        for channel in &self.wanted.channels {
            query.append_pair("channel", channel);
        }
        if let Some(cursor) = &self.cursor {
            query.append_pair("cursor", cursor);
        } else if let Some(history) = self.wanted.history {
            query.append_pair("history", &history.to_string());
        }
        let own = format!("events?{}", query.finish());
        let mut request = self.server.anonymous(Method::GET, &own).header(header::ACCEPT, NDJSON);
        if let Some(headers) = request.headers_mut() {
            headers.extend(self.headers.clone());
        }
        request
    }

    async fn refusal(&self, answer: Response<Incoming>) -> Failure {
        let status = answer.status();
        let read =
            timeout(self.patience, Limited::new(answer.into_body(), LARGEST).collect()).await;
        let read = read.ok().and_then(Result::ok);
        let reason = read.map(Collected::to_bytes).unwrap_or_default();
        self.server.refused(status, &reason)
    }

    async fn read(&mut self, body: Incoming, backoff: &mut Backoff) -> Result<End, Failure> {
        let mut lines = Lines::new(body);
        loop {
            let line = match timeout(self.patience, lines.next()).await {
                Ok(Ok(Some(line))) => line,
                Ok(Ok(None)) => return Ok(End::Lost("the connection has ended".to_owned())),
                Ok(Err(why)) => return Ok(End::Lost(format!("the connection has ended: {why}"))),
                Err(_) => {
                    return Ok(End::Lost(format!("nothing was heard for {:?}", self.patience)));
                }
            };
            let end = self.take(&line)?;
            backoff.reset();
            if let Some(end) = end {
                return Ok(end);
            }
        }
    }

    /// Does what a line asks for.
    fn take(&mut self, line: &[u8]) -> Result<Option<End>, Failure> {
        let message: Message<'_> = serde_json::from_slice(line).map_err(|_| no_message(line))?;
        let end = match &*message.event {
            "hello" => {
                self.patience = patience(data::<Hello>(&message, line)?.heartbeat);
                self.greeted = true;
                None
            }
            "beat" => None,
            "gap" => self.aside(line, &data::<Gap>(&message, line)?.told())?,
            "closed" => self.aside(line, &data::<Closed>(&message, line)?.told())?,
            "done" => Some(End::Over),
            "bye" => Some(End::Bye(Duration::from_millis(data::<Bye>(&message, line)?.after))),
            "error" => {
                let detail = data::<Problem>(&message, line)?.detail;
                return Err(Failure::other(printable(&detail).into_owned()));
            }
            _ => self.event(&message, line)?,
        };
        if let Some(id) = message.id {
            self.cursor = Some(id.into_owned());
        }
        Ok(end)
    }

    /// What is no event, and still no program may miss.
    fn aside(&self, line: &[u8], told: &str) -> Result<Option<End>, Failure> {
        note(&printable(told));
        if self.wanted.json {
            print(&[line, b"\n"].concat())?;
        }
        Ok(None)
    }

    fn event(&mut self, message: &Message<'_>, line: &[u8]) -> Result<Option<End>, Failure> {
        if self.wanted.json {
            print(&[line, b"\n"].concat())?;
        } else {
            let channel = message.channel.as_deref().unwrap_or("-");
            let text = format!("{channel} {} {}", message.event, message.data.get());
            print(format!("{}\n", printable(&text)).as_bytes())?;
        }
        self.left = self.left.map(|left| left.saturating_sub(1));
        Ok((self.left == Some(0)).then_some(End::Over))
    }
}

fn data<T: DeserializeOwned>(message: &Message<'_>, line: &[u8]) -> Result<T, Failure> {
    serde_json::from_str(message.data.get()).map_err(|_| no_message(line))
}

fn no_message(line: &[u8]) -> Failure {
    let begin = String::from_utf8_lossy(line).chars().take(80).collect::<String>();
    Failure::unreached(format!("no Comet server: `{}` is no message", printable(&begin)))
}
