//! One JSON message a line, for `fetch`, for `XMLHttpRequest` and for programs.

use super::message::Message;

pub(super) const CONTENT_TYPE: &str = "application/x-ndjson";

pub(super) fn write(message: &Message<'_>, out: &mut Vec<u8>) {
    message.write_json(out);
    out.push(b'\n');
}
