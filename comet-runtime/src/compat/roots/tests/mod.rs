#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access;
mod bounds;
mod dudley;
mod loss;
mod paths;
mod times;

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, StatusCode};
use serde::Deserialize;

use super::{Firenze, Roots};
use crate::app::tests::adapted::adapted;
use crate::app::tests::rooms::rooms;
use crate::app::tests::{Tested, text};
use crate::channel::{Declaration, Node, hub};
use crate::config::Config;
use crate::log::{Draft, EventName};
use crate::registry::Access;

/// An app with Roots at Pomona's own prefix, and the channels `rooms/{room}`.
#[derive(Clone)]
struct Server {
    app: Tested,
    firenze: Firenze,
    channel: &'static Declaration,
}

impl Server {
    /// Tests have a group each, so that they share no channels.
    fn new(group: &'static str) -> Self {
        Self::with(group, |roots| roots)
    }

    fn with(group: &'static str, change: impl FnOnce(Roots) -> Roots) -> Self {
        Self::of(rooms(group, Access::Public), change, Config::default())
    }

    fn of(
        channel: &'static Declaration,
        change: impl FnOnce(Roots) -> Roots,
        config: Config,
    ) -> Self {
        let (app, states) = adapted(channel, change(Roots::at("/comet")), config);
        Self { app, firenze: Firenze::clone(&states.get().unwrap()), channel }
    }

    fn node(&self, room: &str) -> Arc<Node> {
        hub().node(&format!("rooms/{room}"), self.channel)
    }

    fn publish(&self, room: &str, json: &str) {
        let json = Bytes::copy_from_slice(json.as_bytes());
        self.node(room).publish(vec![Draft::new(EventName::MESSAGE, json)]).unwrap();
    }

    /// What a page has before its first request.
    fn page(&self) -> Page {
        Page { app: self.app.clone(), user: None, token: String::new() }
    }

    /// A page with a session that follows these rooms, whose confirmations it has had.
    async fn following(&self, rooms: &[&str]) -> Page {
        let mut page = self.page();
        page.ask().await;
        let paths = rooms.iter().map(|room| format!("rooms/{room}"));
        self.firenze.connect(page.id(), paths).await.unwrap();
        assert_eq!(page.ask().await.len(), rooms.len());
        page
    }
}

/// A page that does what Pomona does: it sends back what it was told, and that alone.
#[derive(Clone)]
struct Page {
    app: Tested,
    user: Option<&'static str>,
    token: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Reply {
    updates: Vec<Update>,
    reconnect_with: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Update {
    path: String,
    message: String,
}

impl Page {
    /// The id of its session.
    fn id(&self) -> &str {
        self.token.split_once('/').unwrap().0
    }

    /// Polls, and takes the reply in.
    async fn ask(&mut self) -> Vec<(String, String)> {
        let (token, updates) = self.poll().await;
        self.token = token;
        updates
    }

    /// Polls, and leaves it at that: where it goes on from the reply, and the updates in it.
    async fn poll(&self) -> (String, Vec<(String, String)>) {
        let reply = self.send().await;
        assert_eq!(reply.status(), StatusCode::OK);
        let reply: Reply = serde_json::from_str(&text(reply).await).unwrap();
        let updates = reply.updates.into_iter().map(|update| (update.path, update.message));
        (reply.reconnect_with, updates.collect())
    }

    async fn send(&self) -> axum_core::response::Response {
        let mut request = Request::get(format!("/comet/{}", self.token));
        if let Some(user) = self.user {
            request = request.header("x-user", user);
        }
        self.app.send(request, "").await
    }
}

/// An update of a room.
fn said(room: &str, message: &str) -> (String, String) {
    (format!("rooms/{room}"), message.to_owned())
}

fn gone(room: &str) -> (String, String) {
    ("::+::disconnect".to_owned(), format!("rooms/{room}"))
}
