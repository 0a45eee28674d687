//! What the kernel charges: one loop over all sockets that writes ready-made bytes to each, and does nothing else that a
//! server must. Requests are told by how they begin, nothing is checked, and what a socket does not take is kept for it.
//!
//! It listens at `COMET_BIND`, as the bench server does. `BENCH_PAUSE_MS` lets so many milliseconds pass between two writes
//! to a stream, with all messages of that time in one: the same limit for a server that puts messages together.

use std::collections::HashMap;
use std::io::{ErrorKind, Read, Write};
use std::time::{Duration, Instant};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

const LISTENER: Token = Token(usize::MAX);

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

struct Client {
    stream: TcpStream,
    read: Vec<u8>,
    /// What the socket has not taken yet.
    unsent: Vec<u8>,
}

#[derive(Default)]
struct Channel {
    streams: Vec<usize>,
    polls: Vec<usize>,
    /// All messages, for polls with a cursor.
    log: Vec<Vec<u8>>,
    pending: Vec<u8>,
}

struct Limit {
    poll: Poll,
    listener: TcpListener,
    /// By their tokens.
    clients: Vec<Option<Client>>,
    free: Vec<usize>,
    channels: HashMap<String, Channel>,
    pause: Duration,
    due: Option<Instant>,
    /// What is read at once.
    buffer: Vec<u8>,
}

fn main() -> Result {
    let pause = std::env::var("BENCH_PAUSE_MS").unwrap_or_default().parse().unwrap_or(0);
    let address = std::env::var("COMET_BIND").unwrap_or_else(|_| "127.0.0.1:0".to_owned());
    let mut listener = TcpListener::bind(address.parse()?)?;
    let poll = Poll::new()?;
    poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
    println!("listening on http://{}", listener.local_addr()?);
    let pause = Duration::from_millis(pause);
    let (clients, free, channels) = (Vec::new(), Vec::new(), HashMap::new());
    let buffer = vec![0; 64 * 1024];
    Limit { poll, listener, clients, free, channels, pause, due: None, buffer }.serve()
}

impl Limit {
    fn serve(mut self) -> Result {
        let mut events = Events::with_capacity(1024);
        loop {
            let left = self.due.map(|due| due.saturating_duration_since(Instant::now()));
            self.poll.poll(&mut events, left)?;
            for event in &events {
                match event.token() {
                    LISTENER => self.accept()?,
                    Token(id) => {
                        if event.is_writable() {
                            self.send(id, &[]);
                        }
                        if event.is_readable() {
                            self.read(id, event.is_read_closed());
                        }
                    }
                }
            }
            if self.due.is_some_and(|due| due <= Instant::now()) {
                self.due = None;
                self.flush();
            }
        }
    }

    fn accept(&mut self) -> Result {
        loop {
            let (mut stream, _) = match self.listener.accept() {
                Ok(accepted) => accepted,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            let id = self.free.pop().unwrap_or(self.clients.len());
            let both = Interest::READABLE | Interest::WRITABLE;
            self.poll.registry().register(&mut stream, Token(id), both)?;
            stream.set_nodelay(true)?;
            let client = Some(Client { stream, read: Vec::new(), unsent: Vec::new() });
            match self.clients.get_mut(id) {
                Some(place) => *place = client,
                None => self.clients.push(client),
            }
        }
    }

    /// Reads requests, and forgets a client that has gone.
    fn read(&mut self, id: usize, closed: bool) {
        loop {
            let Some(Some(client)) = self.clients.get_mut(id) else { return };
            match client.stream.read(&mut self.buffer) {
                Ok(read) if read > 0 => {
                    client.read.extend_from_slice(self.buffer.get(..read).unwrap_or_default());
                    // A buffer that was not filled has taken all there is (epoll(7)).
                    if read < self.buffer.len() && !closed {
                        break;
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                _ => return self.forget(id),
            }
        }
        while let Some(request) = self.request(id) {
            self.answer(id, &request);
        }
    }

    fn forget(&mut self, id: usize) {
        self.clients[id] = None;
        self.free.push(id);
        for channel in self.channels.values_mut() {
            channel.streams.retain(|other| *other != id);
            channel.polls.retain(|other| *other != id);
        }
    }

    /// A request that is there as a whole.
    fn request(&mut self, id: usize) -> Option<Request> {
        let read = &mut self.clients.get_mut(id)?.as_mut()?.read;
        let body = find(read, b"\r\n\r\n")? + 4;
        let length =
            find(read.get(..body)?, LENGTH).map_or(0, |at| number(&read[at..][LENGTH.len()..]));
        let end = body + length;
        // Most have come alone, and are taken as they are.
        let bytes = match read.len() {
            here if here < end => return None,
            here if here == end => std::mem::take(read),
            _ => read.drain(..end).collect(),
        };
        Some(Request { bytes, body })
    }

    fn answer(&mut self, id: usize, request: &Request) {
        let Some((kind, name, cursor)) = request.target() else { return };
        match kind {
            "sse" => {
                self.send(id, b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
                self.channels.entry(name.to_owned()).or_default().streams.push(id);
            }
            "poll" => self.poll(id, name, cursor),
            _ => {
                self.publish(name, &request.bytes[request.body..]);
                self.send(id, b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n");
            }
        }
    }

    fn poll(&mut self, id: usize, name: &str, cursor: Option<usize>) {
        let channel = self.channels.entry(name.to_owned()).or_default();
        match cursor.filter(|cursor| *cursor < channel.log.len()) {
            Some(cursor) => {
                let reply = reply(&channel.log, cursor);
                self.send(id, &reply);
            }
            None => channel.polls.push(id),
        }
    }

    fn publish(&mut self, name: &str, message: &[u8]) {
        let channel = self.channels.entry(name.to_owned()).or_default();
        channel.log.push(message.to_vec());
        let id = format!("id: {}\ndata: ", channel.log.len());
        let size = format!("{:x}\r\n", id.len() + message.len() + 2);
        for part in [size.as_bytes(), id.as_bytes(), message, b"\n\n\r\n"] {
            channel.pending.extend_from_slice(part);
        }
        if !channel.polls.is_empty() {
            let polls = std::mem::take(&mut channel.polls);
            let reply = reply(&channel.log, channel.log.len() - 1);
            polls.into_iter().for_each(|id| self.send(id, &reply));
        }
        if self.pause.is_zero() {
            self.flush_channel(name);
        } else {
            self.due.get_or_insert_with(|| Instant::now() + self.pause);
        }
    }

    fn flush(&mut self) {
        let names: Vec<String> = self.channels.keys().cloned().collect();
        names.iter().for_each(|name| self.flush_channel(name));
    }

    fn flush_channel(&mut self, name: &str) {
        let Some(channel) = self.channels.get_mut(name) else { return };
        let mut pending = std::mem::take(&mut channel.pending);
        let streams = std::mem::take(&mut channel.streams);
        for id in &streams {
            self.send(*id, &pending);
        }
        pending.clear();
        if let Some(channel) = self.channels.get_mut(name) {
            (channel.pending, channel.streams) = (pending, streams);
        }
    }

    /// Writes behind what is unsent as yet.
    fn send(&mut self, id: usize, bytes: &[u8]) {
        let Some(Some(client)) = self.clients.get_mut(id) else { return };
        if client.unsent.is_empty() {
            let sent = if bytes.is_empty() { 0 } else { client.stream.write(bytes).unwrap_or(0) };
            client.unsent.extend_from_slice(bytes.get(sent..).unwrap_or_default());
        } else {
            client.unsent.extend_from_slice(bytes);
            let sent = client.stream.write(&client.unsent).unwrap_or(0);
            client.unsent.drain(..sent);
        }
    }
}

/// The answer to a poll: all messages from `cursor` on.
fn reply(log: &[Vec<u8>], cursor: usize) -> Vec<u8> {
    let body = log.get(cursor..).unwrap_or_default().join(&b"\n"[..]);
    let head = format!(
        "HTTP/1.1 200 OK\r\nx-cursor: {}\r\ncontent-length: {}\r\n\r\n",
        log.len(),
        body.len()
    );
    [head.as_bytes(), &body].concat()
}

/// A request's head, and its body from `body` on.
struct Request {
    bytes: Vec<u8>,
    body: usize,
}

/// What stands before the length of a body.
const LENGTH: &[u8] = b"content-length: ";

impl Request {
    /// What is asked for, of which channel, and from which cursor on.
    fn target(&self) -> Option<(&str, &str, Option<usize>)> {
        let target = self.bytes.split(|byte| *byte == b' ').nth(1)?;
        let target = std::str::from_utf8(target).ok()?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (kind, name) = path.trim_start_matches('/').split_once('/')?;
        Some((kind, name, query.strip_prefix("c=").and_then(|cursor| cursor.parse().ok())))
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted))
}

fn number(text: &[u8]) -> usize {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))
}
