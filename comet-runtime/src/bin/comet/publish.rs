//! Publishing: one event, or a list that lands whole or not at all.

use std::io::Read;

use bytes::Bytes;
use http::{Method, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::time::{Instant, sleep};

use crate::arguments::Publish;
use crate::backoff::Backoff;
use crate::client::{Answer, NoAnswer, Server, body};
use crate::failure::Failure;
use crate::output::print;

/// The most that is read; a server takes less.
const LARGEST: u64 = 64 << 20;

#[derive(Serialize)]
struct Event<'a> {
    channel: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a str>,
    data: &'a RawValue,
}

#[derive(Deserialize)]
struct Published {
    offsets: Vec<u64>,
}

/// Publishes and prints the offset of each event.
pub(crate) async fn run(server: &Server, wanted: &Publish) -> Result<(), Failure> {
    let text = read(&wanted.data)?;
    let data = if wanted.batch { list(&text)? } else { vec![one(&text)?] };
    let event = |data| Event { channel: &wanted.channel, event: wanted.event.as_deref(), data };
    let events = data.into_iter().map(event).collect::<Vec<_>>();
    let json = serde_json::to_vec(&events).map_err(|error| Failure::input(error.to_string()))?;
    let answer = deliver(server, wanted, Bytes::from(json)).await?;
    let published = serde_json::from_slice::<Published>(&server.good(answer)?);
    let Ok(Published { offsets }) = published else {
        return Err(Failure::unreached("no Comet server: the answer has no offsets"));
    };
    print(offsets.iter().map(|offset| format!("{offset}\n")).collect::<String>().as_bytes())
}

/// Tries until there is an answer to keep, for as long as the user wants to wait. All attempts have one key, so that an
/// attempt whose answer was lost is not published again.
async fn deliver(server: &Server, wanted: &Publish, json: Bytes) -> Result<Answer, Failure> {
    let key = wanted.key.clone().map_or_else(random_key, Ok)?;
    let give_up = Instant::now() + wanted.wait;
    let mut backoff = Backoff::default();
    loop {
        let request = server
            .request(Method::POST, "publish")
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", &key);
        let answer = server.ask(body(request, json.clone())?).await;
        let next = Instant::now() + backoff.pause();
        if next > give_up || !is_worth_another(&answer) {
            return Ok(answer?);
        }
        sleep(next - Instant::now()).await;
    }
}

fn is_worth_another(answer: &Result<Answer, NoAnswer>) -> bool {
    const PASSING: [StatusCode; 4] = [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::BAD_GATEWAY,
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::GATEWAY_TIMEOUT,
    ];
    answer.as_ref().map_or(true, |answer| PASSING.contains(&answer.status))
}

fn random_key() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        Failure::other(format!(
            "the system's random source failed: {error}; give a --key of your own"
        ))
    })?;
    Ok(format!("{:032x}", u128::from_le_bytes(bytes)))
}

/// What the argument stands for: itself, a file or standard input.
fn read(data: &str) -> Result<String, Failure> {
    let (source, text) = match data.strip_prefix('@') {
        Some(path) => (path, std::fs::File::open(path).and_then(all)),
        None if data == "-" => ("standard input", all(std::io::stdin().lock())),
        None => return Ok(data.to_owned()),
    };
    let text = text.map_err(|error| Failure::input(format!("{source}: {error}")))?;
    if text.len() as u64 > LARGEST {
        return Err(Failure::input(format!("{source}: more than {} MiB", LARGEST >> 20)));
    }
    Ok(text)
}

fn all(from: impl Read) -> std::io::Result<String> {
    let mut text = String::new();
    from.take(LARGEST + 1).read_to_string(&mut text)?;
    Ok(text)
}

fn one(text: &str) -> Result<&RawValue, Failure> {
    serde_json::from_str(text).map_err(|error| {
        Failure::input(format!(
            r#"the data is no JSON: {error}; a text has quotes of its own: '"like this"'"#
        ))
    })
}

/// The elements of an array, or the lines that are not blank.
fn list(text: &str) -> Result<Vec<&RawValue>, Failure> {
    if let Ok(array) = serde_json::from_str(text) {
        return Ok(array);
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let parsed = lines.map(|(index, line)| {
        serde_json::from_str(line).map_err(|error| {
            let line = index + 1;
            Failure::input(format!(
                "line {line} is no JSON: {error}; a batch is an array, or a value a line"
            ))
        })
    });
    parsed.collect()
}
