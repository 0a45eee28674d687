//! WebSockets by their bytes: what no library sends.

use std::io::{Read, Write};

use super::client::{field, status};
use super::stream::Stream;
use super::{Server, call, get};

/// The key of RFC 6455, section 1.3.
const ASK: &str = "GET /comet/events HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
                   sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// The request for a WebSocket that follows what the query says, with more fields.
pub(crate) fn ask(query: &str, fields: &str) -> String {
    let asked = ASK.replacen("/events", &format!("/events?{query}"), 1);
    asked.replacen("\r\n\r\n", &format!("\r\n{fields}\r\n"), 1)
}

pub(crate) struct Socket(Stream);

impl Socket {
    /// A connection on which a WebSocket was asked for, and the head of the answer.
    pub(crate) fn ask(stream: Stream, request: &str) -> (Self, String) {
        let mut socket = Self(stream);
        socket.send(request.as_bytes());
        let head = socket.head();
        (socket, head)
    }

    fn head(&mut self) -> String {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            head.push(char::from(self.exactly(1)[0]));
        }
        head
    }

    /// The messages that are there, a line each: those before the answer to a ping that follows `hello`.
    pub(crate) fn there(&mut self) -> String {
        let (_, mut said) = self.frame();
        self.send(&frame(0x89, b""));
        loop {
            match self.frame() {
                (0x81, message) => said = said + "\n" + &message,
                _ => return said,
            }
        }
    }

    /// A WebSocket whose `hello` has been read.
    fn open(server: &Server) -> Self {
        let (mut socket, head) = Self::ask(server.stream(), ASK);
        assert_eq!(status(&head), 101, "{head}");
        assert_eq!(field(&head, "sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        let (first, hello) = socket.frame();
        assert_eq!((first, hello.contains("\"hello\"")), (0x81, true), "{hello}");
        socket
    }

    fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
    }

    pub(crate) fn exactly(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.0.read_exact(&mut bytes).unwrap();
        bytes
    }

    /// The next frame: its first byte and its payload. It is not masked.
    fn frame(&mut self) -> (u8, String) {
        let head = self.exactly(2);
        let length = match head[1] {
            126 => self.exactly(2).into_iter().fold(0, |sum, byte| sum << 8 | usize::from(byte)),
            short @ ..126 => usize::from(short),
            _ => panic!("a long or masked frame"),
        };
        let payload = self.exactly(length);
        (head[0], String::from_utf8_lossy(&payload).into_owned())
    }

    /// The code of the close frame that comes next, after which the connection ends.
    fn closed(mut self) -> u16 {
        loop {
            let head = self.exactly(2);
            let payload = self.exactly(usize::from(head[1]));
            if head[0] != 0x88 {
                continue;
            }
            self.0.finish();
            assert_eq!(self.0.read(&mut [0; 16]).unwrap_or_default(), 0, "nothing comes after it");
            return u16::from_be_bytes([payload[0], payload[1]]);
        }
    }
}

/// A frame with an empty mask, which changes nothing.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    match u16::try_from(payload.len()) {
        Ok(short @ ..126) => bytes.push(0x80 | short as u8),
        Ok(long) => {
            bytes.push(0x80 | 126);
            bytes.extend(long.to_be_bytes());
        }
        Err(_) => {
            bytes.push(0x80 | 127);
            bytes.extend((payload.len() as u64).to_be_bytes());
        }
    }
    bytes.extend([0; 4]);
    bytes.extend(payload);
    bytes
}

#[test]
fn a_request_with_a_body_gets_no_websocket_whose_first_frame_the_body_would_be() {
    for server in Server::both() {
        let asked = frame(0x81, ADD);
        let sized = format!("content-length: {}\r\n", asked.len());
        let size = format!("{:x}\r\n", asked.len());
        let chunk = [size.as_bytes(), &asked, b"\r\n0\r\n\r\n"].concat();
        let next = call("add", "application/json", "[1,2]");
        for (field, body) in [(sized.as_str(), &asked), ("transfer-encoding: chunked\r\n", &chunk)]
        {
            let request = [ask("", field).as_bytes(), body, next.as_bytes()].concat();
            let mut client = server.connect();
            client.send(&request);
            let said = client.rest();
            assert_eq!(status(&said), 400, "{said}");
            assert!(said.contains("a request that opens a WebSocket has no body"), "{said}");
            assert_eq!(said.matches("HTTP/1.1").count(), 1, "and nothing after it: {said}");
        }
        let (_, head) = Socket::ask(server.stream(), &ask("", "content-length: 0\r\n"));
        assert_eq!(status(&head), 101, "{head}");
    }
}

const ADD: &[u8] = br#"{"call":"add","id":"k","args":[1,2]}"#;
const SUM: &str = r#"{"call":"k","id":"done","event":"done","data":3}"#;

#[test]
fn frames_may_come_byte_by_byte_in_fragments_and_many_at_once() {
    for server in Server::both() {
        let mut socket = Socket::open(&server);
        for byte in frame(0x81, ADD) {
            socket.send(&[byte]);
        }
        assert_eq!(socket.frame(), (0x81, SUM.to_owned()));
        let (one, two) = ADD.split_at(10);
        let other = frame(0x81, br#"{"call":"add","id":"l","args":[1,2]}"#);
        let pieces = [frame(0x01, one), frame(0x89, b"?"), frame(0x80, two), other];
        socket.send(&pieces.concat());
        let mut said: Vec<_> = (0..3).map(|_| socket.frame()).collect();
        said.sort();
        let sums = [SUM.to_owned(), SUM.replacen('k', "l", 1)].map(|sum| (0x81, sum));
        assert_eq!(said[..2], sums);
        assert_eq!(said[2], (0x8a, "?".to_owned()));
        socket.send(&frame(0x88, &1000_u16.to_be_bytes()));
        assert_eq!(socket.closed(), 1000);
    }
}

#[test]
fn a_frame_may_come_with_the_handshake() {
    for server in Server::both() {
        let together = [ASK.as_bytes(), &frame(0x81, ADD), &frame(0x89, b"?")[..3]].concat();
        let mut socket = Socket(server.stream());
        socket.send(&together);
        assert_eq!(status(&socket.head()), 101);
        let mut said = [socket.frame(), socket.frame()];
        said.sort();
        assert_eq!(said[0], (0x81, SUM.to_owned()));
        assert!(said[1].1.contains("\"hello\""), "{said:?}");
        socket.send(&frame(0x89, b"?")[3..]);
        assert_eq!(socket.frame(), (0x8a, "?".to_owned()));
    }
}

/// The numbers that the next texts of a channel begin with.
fn numbers(socket: &mut Socket, count: usize) -> Vec<usize> {
    let number = |(_, message): (u8, String)| {
        let (_, text) = message.split_once("\"data\":\"").unwrap_or_else(|| panic!("{message}"));
        text.split(' ').next().unwrap().parse().unwrap()
    };
    (0..count).map(|_| number(socket.frame())).collect()
}

fn pour(server: &Server, room: &str, count: usize, size: usize) {
    let request = format!(
        "POST /pour/{room}?count={count}&size={size} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n"
    );
    assert_eq!(status(&server.answer(&request)), 200);
}

#[test]
fn whatever_else_happens_a_channel_goes_on_where_it_was() {
    Server::both().iter().for_each(go_on_all_the_same);
}

fn go_on_all_the_same(server: &Server) {
    let mut sockets = ["news/on", "news/on", "news/on&channel=news/beside"].map(|channels| {
        let (mut socket, head) =
            Socket::ask(server.stream(), &ask(&format!("channel={channels}"), ""));
        assert_eq!(status(&head), 101);
        assert!(socket.frame().1.contains("\"hello\""));
        socket
    });
    let mut next = 1;
    let mut go_on = |sockets: &mut [Socket], count: usize| {
        (0..count).for_each(|_| pour(server, "on", 1, 100));
        pour(server, "on", count, 100);
        let wanted: Vec<_> = (next..next + 2 * count).collect();
        for socket in sockets {
            assert_eq!(numbers(socket, 2 * count), wanted);
        }
        next += 2 * count;
    };
    go_on(&mut sockets, 5);
    let first = &mut sockets[0];
    first.send(&[frame(0x81, ADD), frame(0x89, b"!")].concat());
    let mut said = [first.frame(), first.frame()];
    said.sort();
    assert_eq!(said, [(0x81, SUM.to_owned()), (0x8a, "!".to_owned())]);
    go_on(&mut sockets, 5);
    for (message, known) in [("subscribe", "\"news/other\""), ("unsubscribe", "[\"news/on\"]")] {
        sockets[1].send(&frame(0x81, format!("{{\"{message}\":[\"news/other\"]}}").as_bytes()));
        let (_, hello) = sockets[1].frame();
        assert!(hello.contains("\"hello\"") && hello.contains(known), "{hello}");
        go_on(&mut sockets, 5);
    }
    pour(server, "beside", 1, 100);
    assert_eq!(numbers(&mut sockets[2], 1), [1]);
    sockets[0].send(&frame(0x88, &1000_u16.to_be_bytes()));
    let [first, rest @ ..] = sockets;
    assert_eq!(first.closed(), 1000);
    go_on(&mut { rest }, 5);
}

#[test]
fn a_websocket_that_reads_late_misses_nothing_that_is_kept() {
    Server::both().iter().for_each(read_late);
}

fn read_late(server: &Server) {
    let request = ask("channel=news/late", "");
    let (mut socket, _) = Socket::ask(server.stream(), &request);
    assert!(socket.frame().1.contains("\"hello\""));
    // More than the network holds, and less than the channel.
    (0..4).for_each(|_| pour(server, "late", 110, 16 * 1024));
    assert_eq!(numbers(&mut socket, 440), (1..=440).collect::<Vec<_>>());
    pour(server, "late", 1, 100);
    assert_eq!(numbers(&mut socket, 1), [441]);
}

#[test]
fn what_may_not_be_is_closed_with_its_code() {
    for server in Server::both() {
        for (bytes, code) in [
            (vec![0x81, 0x02, b'{', b'}'], 1002),
            (frame(0xc1, b"{}"), 1002),
            (frame(0x83, b"{}"), 1002),
            (frame(0x09, b""), 1002),
            (frame(0x89, &[b'x'; 126]), 1002),
            (frame(0x80, b"{}"), 1002),
            (frame(0x82, b"{}"), 1003),
            (frame(0x81, &[0xff, 0xfe]), 1007),
            (frame(0x81, &vec![b' '; 65537]), 1009),
            ([&[0x81, 0xff][..], &(u64::MAX >> 1).to_be_bytes(), &[0; 4]].concat(), 1009),
            ([frame(0x01, &[b' '; 40000]), frame(0x80, &[b' '; 40000])].concat(), 1009),
        ] {
            let mut socket = Socket::open(&server);
            socket.send(&bytes);
            assert_eq!(socket.closed(), code, "{:x?}", &bytes[..2]);
        }
        let mut socket = Socket::open(&server);
        socket.send(&frame(0x81, &[ADD, &[b' '; 65536][ADD.len()..]].concat()));
        assert_eq!(socket.frame().1, SUM, "64 KiB are not too many");
        server.lives();
    }
}

#[test]
fn a_flood_of_pings_and_of_nonsense_harms_nobody() {
    let server = Server::start();
    let mut socket = Socket::open(&server);
    let pings: Vec<u8> = (0..10_000).flat_map(|_| frame(0x89, &[b'x'; 125])).collect();
    let Stream::Plain(stream) = &socket.0 else { unreachable!("it is plain") };
    let mut writer = stream.try_clone().unwrap();
    let flood = std::thread::spawn(move || writer.write_all(&pings).unwrap());
    let (first, payload) = socket.frame();
    assert_eq!((first, payload.len()), (0x8a, 125));
    flood.join().unwrap();
    server.lives();
    let mut seed = 7_u64;
    for _ in 0..200 {
        let mut socket = Socket::open(&server);
        let bytes: Vec<u8> = (0..200)
            .map(|_| {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                (seed >> 56) as u8
            })
            .collect();
        socket.send(&bytes);
    }
    server.lives();
}

#[test]
fn a_handler_is_dropped_with_its_connection_and_by_cancel() {
    for server in Server::both() {
        let stay = frame(0x81, br#"{"call":"stay","id":"s"}"#);
        for leave in [None, Some(frame(0x81, br#"{"cancel":"s"}"#))] {
            let mut socket = Socket::open(&server);
            socket.send(&stay);
            assert!(socket.frame().1.starts_with(r#"{"call":"s","id":""#));
            let held = leave.map(|cancel| {
                socket.send(&cancel);
                socket
            });
            server.prints("dropped stay");
            drop(held);
        }
    }
}

#[test]
fn a_client_that_goes_in_the_middle_of_a_frame_is_gone_at_once() {
    for server in Server::both() {
        let stay = frame(0x81, br#"{"call":"stay","id":"s"}"#);
        for resets in [false, true] {
            let mut socket = Socket::open(&server);
            socket.send(&stay);
            // What was not read makes of a close a reset.
            let here = if resets { 1 } else { 2 };
            assert_eq!(socket.exactly(here)[0], 0x81);
            let half = [&frame(0x01, b"{")[..], &frame(0x80, &[b' '; 40])[..20]].concat();
            socket.send(&half);
            let held = (!resets).then(|| {
                socket.0.finish();
                socket
            });
            server.prints("dropped stay");
            drop(held);
        }
        server.lives();
    }
}

#[test]
fn a_server_that_stops_says_bye_and_waits_for_its_websockets() {
    for mut server in Server::both() {
        let mut socket = Socket::open(&server);
        server.signal("-TERM");
        let (_, bye) = socket.frame();
        assert!(bye.starts_with(r#"{"event":"bye","data":{"after":"#), "{bye}");
        assert_eq!(socket.closed(), 1001);
        assert!(server.ends().success());
    }
}

#[test]
fn the_transport_without_an_upgrade_wants_one() {
    for server in Server::both() {
        let answer = server.answer(&get("/comet/events?transport=websocket&channel=x", "*/*"));
        assert_eq!((status(&answer), field(&answer, "upgrade")), (426, "websocket"), "{answer}");
        let many: String = (0..65).map(|n| format!("&channel={n}")).collect();
        let answer = server.answer(&ASK.replace("/events", &format!("/events?{}", &many[1..])));
        assert_eq!(status(&answer), 400, "{answer}");
        let foreign = ASK.replacen("\r\n", "\r\norigin: https://evil.example\r\n", 1);
        assert_eq!(status(&server.answer(&foreign)), 403);
    }
}
