//! T9: whoever may not follow a channel gets nothing of it, whatever happened before and over whichever transport.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use axum_core::body::Body;
use http::Request;
use http_body::Body as _;
use proptest::prelude::*;

use super::connection::{idle, over};
use super::parse::{Message, Parser, Transport, reply};
use super::{Tested, node, plan, publish};
use crate::app::tests::socket;
use crate::auth::{SharedAuthenticator, User};
use crate::channel::tests::{declaration, leak};
use crate::channel::{Declaration, Verdict, guard, hub};
use crate::config::Config;
use crate::error::Error;
use crate::registry::Access;

/// Who may follow which room; tests here take it in turns.
static GRANTS: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

const USERS: [&str; 2] = ["ann", "bob"];
const ROOMS: [&str; 2] = ["a", "b"];

fn grants() -> std::sync::MutexGuard<'static, BTreeSet<(String, String)>> {
    GRANTS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_granted(user: &str, room: &str) -> bool {
    grants().contains(&(user.to_owned(), room.to_owned()))
}

/// An app with `rooms/{room}` for those who are granted it.
fn app(group: &'static str) -> (Tested, &'static Declaration) {
    let rooms = leak(Declaration {
        access: Access::User,
        guard: |call| {
            guard(async move {
                let room = call.values.path("room").unwrap_or_default();
                let granted = call.user().is_some_and(|user| is_granted(user.id(), room));
                let refusal = || Error::new(http::StatusCode::FORBIDDEN, "not this room");
                granted.then_some(Verdict::ALWAYS).ok_or_else(refusal)
            })
        },
        ..declaration(group, "rooms/{room}")
    });
    let mut plan = plan([]);
    plan.channels = vec![rooms];
    plan.authenticator = Some(SharedAuthenticator::new(|parts: &http::request::Parts| {
        parts.headers.get("x-user").map(|user| User::new(user.to_str().unwrap()))
    }));
    (Tested::with(plan, Config::default()), rooms)
}

/// A reader that was let in.
struct Reader {
    user: &'static str,
    /// The rooms that it follows and may.
    rooms: Vec<&'static str>,
    many: bool,
    body: Body,
    parser: Parser,
    /// The newest event that it has to get of each room, and the newest it has got.
    due: BTreeMap<&'static str, u64>,
    got: BTreeMap<String, u64>,
}

/// The bytes that are there now.
fn there(body: &mut Body) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut cx = Context::from_waker(Waker::noop());
    while let Poll::Ready(Some(frame)) = Pin::new(&mut *body).poll_frame(&mut cx) {
        bytes.extend(frame.unwrap().into_data().unwrap());
    }
    bytes
}

/// Waits until everything that can come has come.
async fn settled(transport: Transport) {
    if transport == Transport::WebSocket {
        idle().await;
    }
}

/// What a request for channels brings: the messages that come at once and a reader for the rest, or a refusal's status.
async fn open(
    app: &Tested,
    user: &'static str,
    names: &[String],
    transport: Transport,
    cursor: Option<&str>,
) -> Result<(Vec<Message>, Option<Reader>), u64> {
    let mut query = form_urlencoded::Serializer::new(transport.query().to_owned());
    query.extend_pairs(names.iter().map(|name| ("channel", name)));
    query.extend_pairs(cursor.map(|cursor| ("cursor", cursor)));
    let uri = format!("/comet/events?timeout=0&{}", query.finish());
    let request = transport.request(Request::get(uri).header("x-user", user));
    let response = match transport {
        Transport::WebSocket => over(socket::connect(app).0, request).await.unwrap(),
        _ => app.send(request, "").await,
    };
    let status = u64::from(response.status().as_u16());
    let mut body = response.into_body();
    settled(transport).await;
    let bytes = there(&mut body);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    // A frame, a script and a WebSocket cannot read a status.
    let told = text.split_once("\"status\":").map(|(_, rest)| rest[..3].parse().unwrap());
    match (status, told) {
        (101, Some(told)) if text.contains("\"event\":\"done\"") => return Err(told),
        (200, None) | (101, _) => {}
        (200, Some(told)) => return Err(told),
        (status, _) => return Err(status),
    }
    if transport.polls() {
        return Ok((reply(transport, &bytes).0, None));
    }
    let mut parser = Parser::new(transport);
    let messages = parser.feed(&bytes);
    let many = names.len() > 1;
    let (rooms, due, got) = Default::default();
    Ok((messages, Some(Reader { user, rooms, many, body, parser, due, got })))
}

#[derive(Clone, Debug)]
enum Step {
    Grant(usize, usize),
    Revoke(usize, usize),
    Publish(usize),
    /// A user opens one room or both by a transport, with a cursor that some reader had before.
    Open(usize, usize, usize, Option<usize>),
    Read(usize),
    Leave(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let transports = 0..Transport::ALL.len();
    prop_oneof![
        3 => (0..2_usize, 0..2_usize).prop_map(|(user, room)| Step::Grant(user, room)),
        2 => (0..2_usize, 0..2_usize).prop_map(|(user, room)| Step::Revoke(user, room)),
        4 => (0..2_usize).prop_map(Step::Publish),
        5 => (0..2_usize, 1..4_usize, transports, prop::option::of(0..8_usize))
            .prop_map(|(user, rooms, by, cursor)| Step::Open(user, rooms, by, cursor)),
        4 => (0..8_usize).prop_map(Step::Read),
        1 => (0..8_usize).prop_map(Step::Leave),
    ]
}

struct Model {
    app: Tested,
    rooms: &'static Declaration,
    readers: Vec<Reader>,
    cursors: Vec<String>,
    published: u64,
}

impl Model {
    fn node(&self, room: usize) -> std::sync::Arc<crate::channel::Node> {
        node(&format!("rooms/{}", ROOMS[room]), self.rooms)
    }

    async fn step(&mut self, step: Step) {
        match step {
            Step::Grant(user, room) => {
                grants().insert((USERS[user].to_owned(), ROOMS[room].to_owned()));
            }
            Step::Revoke(user, room) => {
                grants().remove(&(USERS[user].to_owned(), ROOMS[room].to_owned()));
                // What has been sent over a WebSocket was sent while it was allowed.
                let sent = self.readers.iter_mut();
                let sent = sent.filter(|reader| reader.parser.transport == Transport::WebSocket);
                self.cursors.extend(sent.flat_map(Reader::read));
                let theirs = self.readers.iter_mut().filter(|reader| reader.user == USERS[user]);
                let cut =
                    theirs.filter(|reader| reader.rooms.contains(&ROOMS[room])).map(|reader| {
                        reader.rooms.retain(|other| *other != ROOMS[room]);
                    });
                let cut = cut.count();
                assert_eq!(self.node(room).revoke(USERS[user]), cut);
            }
            Step::Publish(room) => {
                self.published += 1;
                let json = format!(r#"{{"room":"{}","n":{}}}"#, ROOMS[room], self.published);
                publish(&self.node(room), &json);
                let theirs = self.readers.iter_mut();
                for reader in theirs.filter(|reader| reader.rooms.contains(&ROOMS[room])) {
                    reader.due.insert(ROOMS[room], self.published);
                }
            }
            Step::Open(user, mask, by, cursor) => self.open(user, mask, by, cursor).await,
            Step::Read(which) => {
                if let Some(reader) = self.readers.get_mut(which) {
                    self.cursors.extend(reader.take().await);
                }
            }
            Step::Leave(which) if which < self.readers.len() => {
                drop(self.readers.remove(which));
                idle().await;
            }
            Step::Leave(_) => {}
        }
    }

    async fn open(&mut self, user: usize, mask: usize, by: usize, cursor: Option<usize>) {
        let (user, transport) = (USERS[user], Transport::ALL[by]);
        let wanted = ROOMS.iter().enumerate().filter(|(bit, _)| mask & (1 << bit) != 0);
        let mut rooms: Vec<_> = wanted.map(|(_, room)| *room).collect();
        let names: Vec<_> = rooms.iter().map(|room| format!("rooms/{room}")).collect();
        let cursor = cursor.and_then(|which| self.cursors.get(which)).map(String::as_str);
        // A WebSocket follows what its client may; elsewhere one refusal refuses all.
        if transport == Transport::WebSocket {
            let (granted, refused) = rooms.iter().partition(|room| is_granted(user, room));
            rooms = if Vec::is_empty(&granted) { refused } else { granted };
        }
        let may = transport != Transport::Jsonp && rooms.iter().all(|room| is_granted(user, room));
        let opened = open(&self.app, user, &names, transport, cursor).await;
        assert_eq!(opened.as_ref().err(), (!may).then_some(&403), "{user} {rooms:?} {transport:?}");
        let Ok((messages, reader)) = opened else { return };
        messages.iter().for_each(|message| allowed(message, &rooms, names.len() > 1));
        self.cursors.extend(cursors(&messages));
        self.readers.extend(reader.map(|reader| Reader { rooms, ..reader }));
    }
}

/// Nothing but what its reader may see now is in a message.
fn allowed(message: &Message, rooms: &[&str], many: bool) {
    let named = message.channel.as_deref().or_else(|| message.data["channel"].as_str());
    let named = named.map(|name| name.strip_prefix("rooms/").unwrap());
    match message.event.as_str() {
        "message" => {
            let room = message.data["room"].as_str().unwrap();
            assert!(rooms.contains(&room), "{message:?} to one who may follow {rooms:?}");
            assert!(named.is_none_or(|named| named == room) && (named.is_some() || !many));
        }
        "gap" => assert!(rooms.contains(&named.unwrap()), "{message:?} {rooms:?}"),
        "closed" => {
            assert!(matches!(message.data["reason"].as_str(), Some("revoked" | "refused")));
            assert!(!rooms.contains(&named.unwrap()), "{message:?} {rooms:?}");
        }
        "hello" | "done" => {}
        other => panic!("nobody says `{other}`"),
    }
}

/// The positions that come with messages.
fn cursors(messages: &[Message]) -> Vec<String> {
    let ids = messages.iter().filter_map(|message| message.id.clone());
    ids.filter(|id| id != "done").collect()
}

impl Reader {
    /// Reads all that comes; the positions of it.
    async fn take(&mut self) -> Vec<String> {
        settled(self.parser.transport).await;
        self.read()
    }

    /// Reads what is there already.
    fn read(&mut self) -> Vec<String> {
        let messages = self.parser.feed(&there(&mut self.body));
        for message in &messages {
            allowed(message, &self.rooms, self.many);
            if let (Some(room), Some(n)) =
                (message.data["room"].as_str(), message.data["n"].as_u64())
            {
                self.got.insert(room.to_owned(), n);
            }
        }
        cursors(&messages)
    }

    /// Whoever may has got everything up to the newest.
    async fn finish(mut self) {
        self.take().await;
        for (room, due) in self.due.iter().filter(|(room, _)| self.rooms.contains(room)) {
            assert_eq!(self.got.get(*room), Some(due), "{} in {room}", self.user);
        }
    }
}

proptest! {
    #[test]
    fn t9_nobody_gets_what_nobody_granted(steps in prop::collection::vec(step(), 1..60)) {
        let _turn = TURN.blocking_lock();
        let builder = &mut tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            grants().clear();
            let (app, rooms) = app("authority");
            let (readers, cursors) = Default::default();
            let mut model = Model { app, rooms, readers, cursors, published: 0 };
            for step in steps {
                model.step(step).await;
            }
            for reader in std::mem::take(&mut model.readers) {
                reader.finish().await;
            }
            ROOMS.iter().enumerate().for_each(|(room, _)| hub().close(&model.node(room)));
        });
    }
}

#[tokio::test(start_paused = true)]
async fn t9_no_other_way_to_write_a_name_opens_a_door() {
    let _turn = TURN.lock().await;
    *grants() = [("ann".to_owned(), "a".to_owned())].into();
    let (app, _) = app("authority-forms");
    for (form, wanted) in [
        ("rooms/a", 200),
        ("rooms/%61", 200),
        ("%72ooms/a", 200),
        ("/rooms/a", 400),
        ("rooms/a/", 400),
        ("rooms//a", 400),
        ("//rooms/a", 400),
        ("rooms/./a", 400),
        ("rooms/b/../a", 400),
        ("rooms/%2e%2e/a", 400),
        ("rooms/a\0", 400),
        ("rooms/a%00", 400),
        ("rooms/a\n", 400),
        ("rooms%2fa", 404),
        ("rooms\\a", 404),
        ("Rooms/a", 404),
        ("rooms/A", 403),
        ("rooms/a%2f", 403),
        ("rooms/%2561", 403),
        ("rooms/\u{430}", 403),
        ("rooms/\u{ff41}", 403),
        ("rooms/a\u{200b}", 403),
        ("rooms/a\u{301}", 403),
        ("rooms/a?", 403),
        ("rooms/a ", 403),
        ("rooms/a~b", 403),
    ] {
        for transport in Transport::ALL {
            let names = [form.to_owned()];
            let ask = |user| open(&app, user, &names, transport, None);
            let (ann, bob) = (ask("ann").await.err().unwrap_or(200), ask("bob").await.err());
            // A script is a stranger, and nothing here is for strangers.
            let by_script = transport == Transport::Jsonp;
            let wanted = if by_script && wanted == 200 { 403 } else { wanted };
            assert_eq!(ann, wanted, "{form:?} {transport:?}");
            let bobs = if wanted == 200 { 403 } else { wanted };
            assert_eq!(bob, Some(bobs), "{form:?} {transport:?}");
        }
    }
}
