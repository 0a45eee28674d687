//! Readers of one server, and whoever publishes to them: one thread, one loop over all sockets.

mod flood;

use std::time::{Duration, Instant};

use mio::{Events, Poll, Token};

use super::connection::{Connection, Failure};
use super::message::{Tally, message};
use super::peer::{Peer, Way};
use super::process::Process;

/// Nothing takes longer, unless something is lost.
const PATIENCE: Duration = Duration::from_secs(20);
const PUBLISHER: Token = Token(usize::MAX);

/// Who reads what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) readers: usize,
    /// The readers are spread over them.
    pub(crate) channels: usize,
    /// What kind of channels they are, where there is more than one.
    pub(crate) kind: &'static str,
    pub(crate) way: Way,
    /// Bytes of a message.
    pub(crate) bytes: usize,
}

/// Readers of one server.
#[derive(Debug)]
pub(crate) struct Crowd {
    peer: Peer,
    size: Size,
    poll: Poll,
    events: Events,
    buffer: Vec<u8>,
    publisher: Connection,
    readers: Vec<Reader>,
    since: Instant,
    /// How many messages each channel has had.
    numbers: Vec<u64>,
    published: u64,
    acknowledged: u64,
    got: u64,
    /// Of what was read since the last report, in microseconds.
    delays: Vec<u64>,
}

#[derive(Debug)]
struct Reader {
    connection: Connection,
    channel: String,
    tally: Tally,
    /// Whether the server has said anything to it.
    known: bool,
    /// Whether it does not read.
    stalled: bool,
}

impl Crowd {
    /// Connects all readers and waits until the server serves them.
    ///
    /// # Errors
    ///
    /// The server refuses somebody, or says nothing.
    pub(crate) fn gather(process: &Process, peer: Peer, size: Size) -> Result<Self, Failure> {
        let poll = Poll::new()?;
        let mut readers = Vec::with_capacity(size.readers);
        for nth in 0..size.readers {
            let mut connection = Connection::open(process, poll.registry(), Token(nth))?;
            let channel = peer.channel(size.kind, nth % size.channels);
            connection.send(&peer.follow(size.way, &channel, &connection.answers, &[]))?;
            let tally = Tally::default();
            readers.push(Reader { connection, channel, tally, known: false, stalled: false });
        }
        // Last, as a server closes a connection that is silent for long.
        let publisher = Connection::open(process, poll.registry(), PUBLISHER)?;
        let mut crowd = Self {
            peer,
            size,
            poll,
            events: Events::with_capacity(1024),
            buffer: vec![0; 64 * 1024],
            publisher,
            readers,
            since: Instant::now(),
            numbers: vec![0; size.channels],
            published: 0,
            acknowledged: 0,
            got: 0,
            delays: Vec::new(),
        };
        crowd.settle()?;
        Ok(crowd)
    }

    /// Waits until every reader is known to the server; who polls is so when a message has come.
    fn settle(&mut self) -> Result<(), Failure> {
        let speaks = self.size.way == Way::Stream || self.peer.answers_first_poll();
        let until = Instant::now() + PATIENCE;
        while !self.readers.iter().all(|reader| reader.known) {
            if Instant::now() > until {
                return Err("the server does not answer all readers".into());
            }
            if !speaks {
                for channel in 0..self.size.channels {
                    self.publish(channel)?;
                }
            }
            self.pump(Duration::from_millis(100))?;
        }
        self.quiet()?;
        self.readers.iter_mut().for_each(|reader| reader.tally = Tally::default());
        self.got = 0;
        self.delays.clear();
        Ok(())
    }

    /// Reads until nothing comes any more.
    fn quiet(&mut self) -> Result<(), Failure> {
        while self.acknowledged < self.published {
            self.pump(Duration::from_millis(100))?;
        }
        while self.pump(Duration::from_millis(100))? {}
        Ok(())
    }

    fn publish(&mut self, channel: usize) -> Result<(), Failure> {
        let number = self.numbers.get_mut(channel).ok_or("no such channel")?;
        let text = message(*number, self.since, self.size.bytes);
        *number += 1;
        self.published += 1;
        let channel = self.peer.channel(self.size.kind, channel);
        Ok(self.publisher.send(&self.peer.publish(&channel, &text))?)
    }

    /// Publishes so many messages, each when all have the one before.
    ///
    /// # Errors
    ///
    /// Something did not arrive for 20 s, or the server has closed a connection.
    pub(crate) fn in_step(&mut self, messages: usize) -> Result<(), Failure> {
        let each = (self.size.readers / self.size.channels) as u64;
        for nth in 0..messages {
            let (wanted, until) = (self.got + each, Instant::now() + PATIENCE);
            self.publish(nth % self.size.channels)?;
            while self.got < wanted || self.acknowledged < self.published {
                if Instant::now() > until {
                    return Err(
                        format!("{} of {each} got a message", self.got + each - wanted).into()
                    );
                }
                self.pump(Duration::from_secs(1))?;
            }
        }
        Ok(())
    }

    /// Publishes a message, and reads nothing.
    ///
    /// # Errors
    ///
    /// The server has closed the connection.
    pub(crate) fn tell(&mut self) -> Result<(), Failure> {
        self.publish(0)
    }

    /// Reads what is there by now.
    ///
    /// # Errors
    ///
    /// The server has closed a connection.
    pub(crate) fn hear(&mut self) -> Result<(), Failure> {
        self.quiet()
    }

    /// Publishes so many messages, so many a second, and waits for all of them.
    ///
    /// # Errors
    ///
    /// Something did not arrive for 20 s, or the server has closed a connection.
    pub(crate) fn at_rate(&mut self, messages: u32, per_second: u32) -> Result<(), Failure> {
        let (start, wanted) =
            (Instant::now(), self.got + u64::from(messages) * self.size.readers as u64);
        for nth in 0..messages {
            let due = start + Duration::from_secs(1) * nth / per_second;
            while let Some(left) =
                due.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
            {
                self.pump(left)?;
            }
            self.publish(0)?;
        }
        let until = Instant::now() + PATIENCE;
        while self.got < wanted && Instant::now() < until {
            self.pump(Duration::from_millis(100))?;
        }
        if self.got < wanted {
            Err(format!("{} messages did not come", wanted - self.got).into())
        } else {
            Ok(())
        }
    }

    /// Reads what there is, and says whether there was anything.
    fn pump(&mut self, most: Duration) -> Result<bool, Failure> {
        self.poll.poll(&mut self.events, Some(most))?;
        for event in &self.events {
            if event.token() == PUBLISHER {
                self.publisher.flush()?;
                self.acknowledged += self.publisher.read(&mut self.buffer)? as u64;
                self.publisher.body.clear();
            } else if let Some(reader) =
                self.readers.get_mut(event.token().0).filter(|reader| !reader.stalled)
            {
                let ended = reader.connection.read(&mut self.buffer)?;
                self.got +=
                    reader.take(ended, self.peer, self.size.way, self.since, &mut self.delays)?;
            }
        }
        Ok(!self.events.is_empty())
    }

    /// What was lost and what came twice, in all.
    #[must_use]
    pub(crate) fn amiss(&self) -> (u64, u64) {
        let tallies = self.readers.iter().map(|reader| &reader.tally);
        tallies.fold((0, 0), |(lost, doubled), tally| (lost + tally.lost, doubled + tally.doubled))
    }

    /// The middle one of the delays since the last time this was asked, in milliseconds.
    pub(crate) fn median_delay(&mut self) -> f64 {
        let mut delays = std::mem::take(&mut self.delays);
        delays.sort_unstable();
        delays.get(delays.len() / 2).map_or(0.0, |delay| *delay as f64 / 1e3)
    }
}

impl Reader {
    /// Takes what was read, asks again who polls, and says how many messages there were.
    fn take(
        &mut self,
        ended: usize,
        peer: Peer,
        way: Way,
        since: Instant,
        delays: &mut Vec<u64>,
    ) -> Result<u64, Failure> {
        let again = (way == Way::Poll && ended > 0).then(|| {
            peer.follow(way, &self.channel, &self.connection.answers, &self.connection.body)
        });
        let before = self.tally.got;
        self.tally.take(&mut self.connection.body, since, |delay| delays.push(delay));
        self.known |= ended > 0 || (way == Way::Stream && !self.connection.answers.head.is_empty());
        if let Some(again) = again {
            self.connection.body.clear();
            self.connection.send(&again)?;
        }
        Ok(self.tally.got - before)
    }
}
