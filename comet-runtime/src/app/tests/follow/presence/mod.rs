//! Who is there: counted over every transport, told in the channel's own order.

mod counting;
mod leaving;
mod lists;

use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use axum_core::response::Response;
use http::{Request, StatusCode};
use serde_json::Value;
use tokio::time::sleep;

use super::super::{Tested, piece, plan, text};
use super::node;
use crate::auth::{SharedAuthenticator, User};
use crate::channel::tests::{declaration, leak, publish, publish_numbers};
use crate::channel::{Declaration, Delivery, Follow, From, Line, Node, Verdict, Who, guard, hub};
use crate::config::Config;
use crate::error::Error;

/// How long who lost its connection still counts as there.
const STAY: Duration = Duration::from_secs(15);

/// Ids that clients made.
const ONE: &str = "client-one-0123456789abcdef";
const TWO: &str = "client-two-0123456789abcdef";

/// An app with the channel `room`, which everybody may follow but `mallory`, and `other`.
struct Room {
    app: Tested,
    node: Arc<Node>,
    other: Arc<Node>,
}

fn room(group: &'static str) -> Room {
    let room = |pattern| {
        leak(Declaration {
            presence: Some(STAY),
            guard: |call| guard(async move { may_follow(&call) }),
            ..declaration(group, pattern)
        })
    };
    let [own, other] = ["room", "other"].map(room);
    room_of(own, other)
}

fn room_of(own: &'static Declaration, other: &'static Declaration) -> Room {
    let mut plan = plan([]);
    plan.channels = vec![own, other];
    plan.authenticator = Some(SharedAuthenticator::new(|parts: &http::request::Parts| {
        parts.headers.get("x-user").map(|user| User::new(user.to_str().unwrap()))
    }));
    let app = Tested::with(plan, Config::default());
    Room { app, node: node(own.pattern, own), other: node(other.pattern, other) }
}

fn may_follow(call: &crate::Call) -> Result<Verdict, Error> {
    let banned = call.user().is_some_and(|user| user.id() == "mallory");
    if banned { Err(forbidden()) } else { Ok(Verdict::ALWAYS) }
}

fn forbidden() -> Error {
    Error::new(StatusCode::FORBIDDEN, "you are banned")
}

impl Room {
    async fn ask(&self, query: &str, user: &str) -> Response {
        let mut request = Request::get(format!("/comet/events?{query}"));
        if !user.is_empty() {
            request = request.header("x-user", user);
        }
        self.app.send(request, "").await
    }

    /// A stream of a user, or of a stranger for an empty name.
    async fn stream(&self, user: &str, more: &str) -> Response {
        let response = self.ask(&format!("transport=ndjson&channel=room{more}"), user).await;
        assert_eq!(response.status(), StatusCode::OK, "{user} {more}");
        response
    }

    /// The reply to a poll.
    async fn poll(&self, user: &str, more: &str) -> Value {
        let response = self.ask(&format!("transport=longpoll&channel=room{more}"), user).await;
        assert_eq!(response.status(), StatusCode::OK, "{user} {more}");
        serde_json::from_str(&text(response).await).unwrap()
    }

    /// Everything that the channel's log says, in short.
    fn told(&self) -> Vec<String> {
        let line = Line::new(Arc::clone(&self.node), &Who::default(), From::After(0));
        let mut follow = Follow::new(vec![line]);
        let mut told = Vec::new();
        let mut cx = Context::from_waker(Waker::noop());
        while let Poll::Ready(Some(delivery)) = follow.poll_next(&mut cx) {
            let Delivery::Entries(_, entries) = delivery else { continue };
            told.extend(entries.iter().map(|entry| {
                let data: Value = serde_json::from_slice(&entry.payload).unwrap();
                brief(entry.event.as_str(), &data)
            }));
        }
        told
    }
}

/// A message in short: `join ann 1`, or its data. Strangers have no name.
fn brief(event: &str, data: &Value) -> String {
    match event {
        "join" | "leave" => {
            let user = data["user"].as_str().unwrap_or("-");
            format!("{event} {user} {}", data["count"])
        }
        _ => data.to_string(),
    }
}

/// What a reply's events are, in short.
fn events(reply: &Value) -> Vec<String> {
    let events = reply["events"].as_array().unwrap().iter();
    events.map(|event| brief(event["event"].as_str().unwrap(), &event["data"])).collect()
}

/// The messages of a stream's next piece.
async fn messages(stream: &mut Response) -> Vec<Value> {
    let piece = piece(stream).await.unwrap();
    piece.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The names in a list of who is there.
fn names(present: &Value) -> Vec<&str> {
    let members = present["members"].as_array().unwrap().iter();
    members.map(|member| member["user"].as_str().unwrap_or("-")).collect()
}
