//! How long a stream lasts that its client can go on with.

use std::time::Duration;

use crate::config::Config;
use crate::transport::{Recycling, Transport};

/// A client that wants shorter streams than this gets streams of this, so that each has something in it.
const SHORTEST: usize = 16 << 10;

/// As the app says for the transport, in bytes the less of that and what the client asks for.
pub(super) fn recycling(config: &Config, transport: Transport, asked: Option<usize>) -> Recycling {
    let (bytes, age) = match transport {
        Transport::Frame => (config.frame_bytes, config.frame_age),
        _ => (config.stream_bytes, config.stream_age),
    };
    let own = (bytes > 0).then_some(bytes);
    let asked = asked.map(|bytes| bytes.max(SHORTEST));
    Recycling {
        bytes: own.into_iter().chain(asked).min(),
        age: (age > Duration::ZERO).then_some(age),
    }
}
