//! The document that arrives in a hidden frame: one script a flush, which hands commands to the page around it.

use axum_core::response::Response;
use bytes::Bytes;

use super::commands::{alert, translate};
use super::script::fit;
use crate::compat::frames::Scripts;
use crate::error::Error;
use crate::log::{Batch, EventName};
use crate::page::join;
use crate::transport::{self, Foreign};

/// A document of scripts for the page of the same origin around it, and nothing else.
pub(super) static FRAMING: Foreign = Foreign {
    content_type: "text/html; charset=utf-8",
    beat: b"\n",
    policy: "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'self'",
};

/// What goes before the first script: old browsers show nothing of a document before so much of it has arrived.
const PADDING: usize = 2000;

/// What a user is told of a failure that the log has the cause of.
const FAILED: &str = "The action you performed has failed! (Sijax error)";

/// The scripts of one document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Whether the first script was written.
    opened: bool,
}

impl Scripts for Document {
    fn begin(&mut self, _: &mut Vec<u8>) {}

    /// Commands that nothing came between are one script.
    fn put(&mut self, batch: &Batch, out: &mut Vec<u8>) {
        let Batch::Entries(entries) = batch else { return };
        let pushed = entries.iter().filter(|entry| entry.event == EventName::PAGE);
        let commands: Vec<_> = pushed.map(|entry| entry.payload.clone()).collect();
        let failed = entries.iter().any(|entry| entry.event == EventName::ERROR);
        if (failed || !commands.is_empty()) && !std::mem::replace(&mut self.opened, true) {
            open(out);
        }
        if !commands.is_empty() {
            script(&join(&commands), out);
        }
        if failed {
            script(&alert(FAILED), out);
        }
    }
}

/// The frame that tells of an error before anything was sent: its text where it is for the client.
pub(super) fn problem(error: &Error) -> Response {
    error.log();
    let detail = error.to_string();
    let told = if error.status().is_server_error() { FAILED } else { &detail };
    let mut out = Vec::new();
    open(&mut out);
    script(&alert(told), &mut out);
    let mut response = transport::page(&FRAMING, error.status(), Bytes::from(out));
    for (name, value) in error.headers() {
        response.headers_mut().insert(name, value.clone());
    }
    response
}

fn open(out: &mut Vec<u8>) {
    out.extend_from_slice(b"\n<script type='text/javascript'></script>\n\n");
    out.resize(out.len() + PADDING, b'\n');
}

fn script(commands: &Bytes, out: &mut Vec<u8>) {
    let commands = translate(commands);
    out.extend_from_slice(
        b"\n        <script type=\"text/javascript\">\n            window.parent.Sijax.processCommands(",
    );
    out.extend_from_slice(fit(&String::from_utf8_lossy(&commands)).as_bytes());
    out.extend_from_slice(b");\n        </script>\n        ");
}
