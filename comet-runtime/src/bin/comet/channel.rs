//! Looking at a channel, and closing it.

use std::borrow::Cow;

use http::Method;
use serde_json::{Map, Value};

use crate::arguments::Channel;
use crate::client::Server;
use crate::failure::{Failure, printable};
use crate::output::print;

/// Prints what the server says of a channel, a line for each fact.
pub(crate) async fn show(server: &Server, wanted: &Channel) -> Result<(), Failure> {
    let json = server.get(server.request(Method::GET, &path(&wanted.name))).await?;
    let Ok(facts) = serde_json::from_slice::<Map<String, Value>>(&json) else {
        return Err(Failure::unreached("no Comet server: the answer is no JSON object"));
    };
    if wanted.json {
        return print(&[&json[..], b"\n"].concat());
    }
    let width = facts.keys().map(|name| name.chars().count()).max().unwrap_or_default();
    let line = |(name, value): (&String, &Value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("{:width$}  {}\n", printable(name), printable(&value))
    };
    print(facts.iter().map(line).collect::<String>().as_bytes())
}

pub(crate) async fn close(server: &Server, name: &str) -> Result<(), Failure> {
    server.get(server.request(Method::DELETE, &path(name))).await.map(drop)
}

/// The path of a channel. A name is written as in a path already, escapes and all; what no path can hold is escaped.
fn path(name: &str) -> String {
    let escape = |byte: u8| -> Cow<'static, str> {
        match byte {
            b'/' | b'%' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string().into(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string().into(),
            byte => format!("%{byte:02X}").into(),
        }
    };
    format!("channels/{}", name.bytes().map(escape).collect::<String>())
}
