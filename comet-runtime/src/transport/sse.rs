//! Server-sent events (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).

use super::message::{Message, put};

pub(super) const CONTENT_TYPE: &str = "text/event-stream";

/// A comment: Firefox reports a stream as open at its first byte only.
pub(super) const OPENING: &[u8] = b":\n\n";

/// Fields in the order id, event, data. Neither ids nor event names nor one-line JSON can hold a line break, so no field
/// can be smuggled in.
pub(super) fn write(message: &Message<'_>, out: &mut Vec<u8>) {
    if let Some(id) = message.id {
        put(out, format_args!("id: {id}\n"));
    }
    let event = message.heard_as.unwrap_or(message.event);
    if event != "message" {
        put(out, format_args!("event: {event}\n"));
    }
    out.extend_from_slice(b"data: ");
    out.extend_from_slice(&message.data);
    out.extend_from_slice(b"\n\n");
}
