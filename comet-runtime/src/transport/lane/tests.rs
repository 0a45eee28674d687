#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Notify;

use super::{Aside, CutOff, Lane, Left, Manner, Ride, Rider, Sink};
use crate::log::{Draft, EventName, Limits, Log};
use crate::transport::{Message, Transport, chunk};

const LIMITS: Limits = Limits { entries: 64, bytes: 1 << 20, age: None };

/// A socket that takes what it is told to, one number a write, and everything when there are none left.
#[derive(Default)]
struct Socket {
    taken: Mutex<Vec<u8>>,
    takes: Mutex<VecDeque<usize>>,
    written: Notify,
    /// Whether it always has something of what it took to push on.
    owes: bool,
}

impl Socket {
    fn taking(takes: &[usize]) -> Arc<Self> {
        let takes = Mutex::new(takes.iter().copied().collect());
        Arc::new(Self { takes, ..Self::default() })
    }

    fn taken(&self) -> Vec<u8> {
        self.taken.lock().unwrap().clone()
    }

    /// Waits until so many bytes are taken.
    async fn has(&self, length: usize) {
        while self.taken.lock().unwrap().len() < length {
            self.written.notified().await;
        }
    }
}

impl Sink for Socket {
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        let most = self.takes.lock().unwrap().pop_front().unwrap_or(usize::MAX);
        if most == 0 {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let taken = most.min(bytes.len());
        self.taken.lock().unwrap().extend_from_slice(&bytes[..taken]);
        self.written.notify_one();
        Ok(taken)
    }

    fn owes(&self) -> bool {
        self.owes
    }
}

fn lane() -> (Arc<Lane>, Arc<Log>) {
    let log = Log::new(LIMITS);
    (Lane::new("news".into(), Arc::clone(&log)), log)
}

fn manner(chunked: bool) -> Manner {
    let heartbeat = Duration::from_secs(15);
    Manner { transport: Transport::Ndjson, chunked, heartbeat, budget: None }
}

fn ride(lane: &Arc<Lane>, socket: &Arc<Socket>, manner: Manner, next: u64) -> Ride {
    let rider = Rider { lane: Arc::clone(lane), next, cut_off: Arc::default() };
    match rider.join(Arc::clone(socket) as Arc<dyn Sink>, manner) {
        Aside::Riding(ride) => ride,
        other => panic!("{other:?}"),
    }
}

fn say(log: &Log, number: u64) {
    log.append(EventName::new("n").unwrap(), Bytes::from(number.to_string())).unwrap();
}

/// What a reader of the entries gets that are in the log, in chunks or as they are.
fn expected(log: &Log, chunked: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in log.last(usize::MAX) {
        let message = Transport::Ndjson.shared(&entry, |entry| Message::on_channel("news", entry));
        match chunked {
            true => chunk::put(&message, &mut bytes),
            false => bytes.extend_from_slice(&message),
        }
    }
    bytes
}

async fn left(ride: Ride) -> Left {
    poll_fn(|cx| ride.poll_left(cx)).await;
    ride.leave()
}

#[tokio::test]
async fn riders_of_every_manner_get_every_entry_once() {
    let (lane, log) = lane();
    let (plain, chunked) = (Socket::taking(&[]), Socket::taking(&[]));
    let _rides = (ride(&lane, &plain, manner(false), 1), ride(&lane, &chunked, manner(true), 1));
    for number in 1..=20 {
        say(&log, number);
        if number % 3 == 0 {
            plain.has(expected(&log, false).len()).await;
        }
    }
    chunked.has(expected(&log, true).len()).await;
    plain.has(expected(&log, false).len()).await;
    assert_eq!(plain.taken(), expected(&log, false));
    assert_eq!(chunked.taken(), expected(&log, true));
}

/// Wherever in three entries a socket stops taking, what was written, the rest, and what is read from the log from the
/// position on, are the three entries.
#[tokio::test]
async fn a_rider_is_handed_back_with_the_rest_of_one_entry() {
    for chunked in [false, true] {
        for most in 0.. {
            let (lane, log) = lane();
            (1..=3).for_each(|number| say(&log, number));
            let whole = expected(&log, chunked);
            let socket = Socket::taking(&[most]);
            let ride = ride(&lane, &socket, manner(chunked), 1);
            if most >= whole.len() {
                socket.has(whole.len()).await;
                assert_eq!(
                    ride.leave(),
                    Left { next: 4, rest: Bytes::new(), written: whole.len(), said: true }
                );
                break;
            }
            let Left { next, rest, written, .. } = left(ride).await;
            let mut got = socket.taken();
            got.extend_from_slice(&rest);
            assert_eq!(got.len(), written);
            let entries = log.last(usize::try_from(4 - next).unwrap());
            for entry in entries {
                let message =
                    Transport::Ndjson.shared(&entry, |entry| Message::on_channel("news", entry));
                match chunked {
                    true => chunk::put(&message, &mut got),
                    false => got.extend_from_slice(&message),
                }
            }
            assert_eq!(got, whole, "after {most} bytes");
        }
    }
}

#[tokio::test]
async fn who_stands_behind_the_runner_reads_by_itself() {
    let (lane, log) = lane();
    let socket = Socket::taking(&[]);
    let _ride = ride(&lane, &socket, manner(false), 1);
    say(&log, 1);
    socket.has(1).await;
    let late = Rider { lane, next: 1, cut_off: Arc::default() };
    let aside = late.join(Socket::taking(&[]), manner(false));
    assert!(matches!(aside, Aside::Behind), "{aside:?}");
}

#[tokio::test]
async fn who_is_cut_off_gets_nothing_that_is_published_then() {
    let (lane, log) = lane();
    let (socket, other) = (Socket::taking(&[]), Socket::taking(&[]));
    let cut_off = Arc::new(CutOff::default());
    let rider = Rider { lane: Arc::clone(&lane), next: 1, cut_off: Arc::clone(&cut_off) };
    let Aside::Riding(_ride) = rider.join(Arc::clone(&socket) as Arc<dyn Sink>, manner(false))
    else {
        panic!()
    };
    let _other = ride(&lane, &other, manner(false), 1);
    cut_off.cut();
    say(&log, 1);
    other.has(expected(&log, false).len()).await;
    assert_eq!(socket.taken(), b"");
}

#[tokio::test]
async fn riders_are_handed_back_at_the_end_and_when_their_bytes_are_spent() {
    let (lane, log) = lane();
    let spent = Socket::taking(&[]);
    let first = ride(&lane, &spent, Manner { budget: Some(1), ..manner(false) }, 1);
    let second = ride(&lane, &Socket::taking(&[]), manner(false), 1);
    say(&log, 1);
    let Left { next, written, .. } = left(first).await;
    assert_eq!((next, written), (2, expected(&log, false).len()));
    log.close();
    assert_eq!(left(second).await.next, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_riders_are_shared_out_among_the_threads_and_get_every_entry_once() {
    let (lane, log) = lane();
    let sockets: Vec<_> = (0..3 * super::FULL).map(|_| Socket::taking(&[])).collect();
    let _rides: Vec<_> = sockets.iter().map(|s| ride(&lane, s, manner(false), 1)).collect();
    let riders: Vec<_> = lane.shards.lock().unwrap().iter().map(|shard| shard.count()).collect();
    assert_eq!(riders, [3 * super::FULL / 2; 2]);
    (1..=20).for_each(|number| say(&log, number));
    for socket in &sockets {
        socket.has(expected(&log, false).len()).await;
        assert_eq!(socket.taken(), expected(&log, false));
    }
}

fn reply() -> Manner {
    Manner { transport: Transport::Json, ..manner(false) }
}

#[tokio::test]
async fn a_poll_takes_one_reply_and_rides_again_when_it_asks() {
    let (lane, log) = lane();
    let (polls, stream) = (Socket::taking(&[]), Socket::taking(&[]));
    let (poll, _stream) = (ride(&lane, &polls, reply(), 1), ride(&lane, &stream, manner(false), 1));
    for number in 1..=4 {
        say(&log, number);
        stream.has(expected(&log, false).len()).await;
        // Between two polls nothing is written.
        let asked = number.div_ceil(2);
        assert_eq!(
            polls.taken().windows(6).filter(|bytes| bytes == b"cursor").count() as u64,
            asked
        );
        if number % 2 == 0 {
            let Left { next, written, .. } = poll.leave();
            assert_eq!((next, written > 0), (number, true));
            assert!(!poll.again(Arc::clone(&polls) as Arc<dyn Sink>, number), "it is behind");
            assert!(poll.again(Arc::clone(&polls) as Arc<dyn Sink>, number + 1));
        }
    }
}

#[tokio::test]
async fn a_poll_reads_several_entries_by_itself() {
    let (lane, log) = lane();
    let socket = Socket::taking(&[]);
    let ride = ride(&lane, &socket, reply(), 1);
    let drafts = ["1", "2"].map(|json| Draft::new(EventName::new("n").unwrap(), json.into()));
    log.append_all(drafts);
    assert_eq!(left(ride).await, Left { next: 1, rest: Bytes::new(), written: 0, said: false });
    assert_eq!(socket.taken(), b"");
}

#[tokio::test(start_paused = true)]
async fn who_owes_what_it_took_is_handed_back_behind_it() {
    let (lane, log) = lane();
    let owing = || Arc::new(Socket { owes: true, ..Socket::default() });
    let (entry, beat) = (owing(), owing());
    let told = ride(&lane, &entry, manner(false), 1);
    say(&log, 1);
    let whole = expected(&log, false);
    let wanted = Left { next: 2, rest: Bytes::new(), written: whole.len(), said: true };
    assert_eq!((left(told).await, entry.taken()), (wanted, whole));
    let beaten = left(ride(&lane, &beat, manner(false), 2)).await;
    assert_eq!(beaten, Left { next: 2, rest: Bytes::new(), written: 0, said: true });
    assert!(String::from_utf8(beat.taken()).unwrap().contains("\"beat\""));
}

#[tokio::test(start_paused = true)]
async fn silence_is_broken_for_all_by_one_timer() {
    let (lane, _log) = lane();
    let (one, stuck) = (Socket::taking(&[]), Socket::taking(&[3]));
    let polled = Socket::taking(&[]);
    let _rides = (ride(&lane, &one, manner(false), 1), ride(&lane, &polled, reply(), 1));
    let handed = left(ride(&lane, &stuck, manner(true), 1)).await;
    let beat = String::from_utf8(one.taken()).unwrap();
    assert!(beat.contains("\"beat\""), "{beat}");
    assert_eq!(polled.taken(), b"");
    // A beat that is partly written has to be ended before anything else.
    assert!(handed.rest.ends_with(b"\r\n"));
    assert_eq!(stuck.taken().len() + handed.rest.len(), {
        let mut framed = Vec::new();
        chunk::put(beat.as_bytes(), &mut framed);
        framed.len()
    });
}

#[tokio::test]
async fn a_lane_without_riders_ends_and_begins_anew() {
    let (lane, log) = lane();
    let socket = Socket::taking(&[]);
    drop(ride(&lane, &Socket::taking(&[]), manner(false), 1));
    say(&log, 1);
    // Either the old runner is still there, and goes on, or a new one begins.
    let _ride = loop {
        let next = log.newest() + 1;
        let rider = Rider { lane: Arc::clone(&lane), next, cut_off: Arc::default() };
        if let Aside::Riding(ride) = rider.join(Arc::clone(&socket) as Arc<dyn Sink>, manner(false))
        {
            break ride;
        }
        tokio::task::yield_now().await;
    };
    say(&log, 2);
    socket.has(1).await;
    assert!(String::from_utf8(socket.taken()).unwrap().contains("\"data\":2"));
}

#[test]
fn a_runtime_that_ends_hands_its_riders_back_and_leaves_the_lane_to_the_next_one() {
    let (lane, log) = lane();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (before, after) = (Socket::taking(&[]), Socket::taking(&[]));
    let first = runtime();
    let ridden = first.block_on(async {
        let ride = ride(&lane, &before, manner(false), 1);
        say(&log, 1);
        before.has(1).await;
        ride
    });
    drop(first);
    let ridden_on = async {
        assert_eq!(left(ridden).await.next, 2);
        let _ride = ride(&lane, &after, manner(false), 2);
        say(&log, 2);
        after.has(1).await;
    };
    let second = runtime();
    let patience = Duration::from_secs(10);
    let ended = second.block_on(async { tokio::time::timeout(patience, ridden_on).await });
    assert!(ended.is_ok(), "a new runner");
}
