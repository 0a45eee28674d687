//! What goes over the wire: raw TCP against a real process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access;
mod bad;
mod bytes;
mod callbacks;
mod channels;
mod client;
mod command_line;
mod commands;
mod connection;
mod direct;
mod end;
mod grizzly;
mod http2;
mod leaving;
mod openerp;
mod panics;
mod polls;
mod proxies;
mod publishers;
mod random;
mod resume;
mod roots;
mod server;
mod sijax;
mod slow;
mod stream;
mod tls;
mod websocket;

use std::time::Duration;

use client::Client;
use server::Server;

/// Longer than anything here takes; what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request with a body of JSON.
fn call(name: &str, accept: &str, json: &str) -> String {
    let length = json.len();
    format!(
        "POST /comet/call/{name} HTTP/1.1\r\nhost: localhost\r\naccept: {accept}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{json}"
    )
}

fn get(path: &str, accept: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: {accept}\r\n\r\n")
}
