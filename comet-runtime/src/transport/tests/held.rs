//! What a log holds is bounded, over however many transports it is read.

use std::task::{Context, Poll, Waker};

use bytes::Bytes;

use crate::log::{Batch, EventName, Limits, Log};
use crate::transport::{Message, Transport};

const STREAMS: [Transport; 5] = [
    Transport::Sse,
    Transport::Ndjson,
    Transport::Frame,
    Transport::Multipart,
    Transport::WebSocket,
];

const LIMIT: usize = 1 << 20;

/// What is read of a log over one transport: how many bytes there are of payloads, and how many of their framings.
fn read(log: &std::sync::Arc<Log>, transport: Transport) {
    let mut reader = log.reader(0);
    let mut cx = Context::from_waker(Waker::noop());
    while let Poll::Ready(Some(batch)) = reader.poll_read(&mut cx) {
        let Batch::Entries(entries) = batch else { continue };
        for entry in &entries {
            let framed = transport.shared(entry, Message::of);
            assert!(framed.len() > entry.payload.len());
            assert_eq!(transport.shared(entry, Message::of), framed);
        }
    }
}

fn held(log: &Log) -> (usize, usize) {
    let entries = log.last(usize::MAX);
    let payloads = entries.iter().map(|entry| entry.payload.len()).sum();
    (payloads, entries.iter().map(|entry| entry.framed_bytes()).sum())
}

#[test]
fn framings_take_no_more_than_payloads_may() {
    for (media, size) in [(None, 1_000), (None, 60_000), (Some("image/png"), 60_000)] {
        let log = Log::of(media, Limits { entries: 100_000, bytes: LIMIT, age: None });
        let payload = Bytes::from(format!("\"{}\"", "<".repeat(size)));
        for _ in 0..2 * LIMIT / size {
            log.append(EventName::MESSAGE, payload.clone()).unwrap();
            // Readers that keep up.
            for transport in STREAMS {
                let newest = log.last(1);
                transport.shared(&newest[0], Message::of);
            }
        }
        // And some that come for all there is.
        for transport in STREAMS.into_iter().chain(STREAMS) {
            read(&log, transport);
            let (payloads, framings) = held(&log);
            let newest = log.last(1)[0].framed_bytes();
            assert!(payloads <= LIMIT, "{payloads} bytes of payloads");
            // One look's share is made after it.
            assert!(framings <= LIMIT + newest + 8 * (16 * 1024 + size), "{framings} of framings");
            assert!(payloads > LIMIT / 2, "{payloads}: what is kept is not less for it");
            assert!(framings > LIMIT / 2, "{framings}: they are shared as far as may be");
        }
    }
}

#[test]
fn what_has_left_the_log_does_not_count_and_what_is_there_is_made_once() {
    let log = Log::new(Limits { entries: 2, bytes: LIMIT, age: None });
    let payload = Bytes::from(format!("\"{}\"", "x".repeat(LIMIT / 4)));
    let mut readers = Vec::new();
    for _ in 0..50 {
        log.append(EventName::MESSAGE, payload.clone()).unwrap();
        let newest = log.last(1).remove(0);
        let framed = Transport::Sse.shared(&newest, Message::of);
        // Slow readers hold what has gone long ago, and have it framed late.
        readers.push(newest);
        let late = &readers[readers.len() / 2];
        Transport::Ndjson.shared(late, Message::of);
        let again = Transport::Sse.shared(&log.last(1)[0], |_| panic!("encoded twice"));
        assert_eq!(again, framed);
    }
}
