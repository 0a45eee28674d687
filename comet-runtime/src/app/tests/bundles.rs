//! Long polls that collect, and long polls that are asked again.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use super::rooms::rooms;
use super::{Tested, plan, text};
use crate::auth::{SharedAuthenticator, User};
use crate::channel::{Node, hub};
use crate::config::Config;
use crate::log::EventName;
use crate::registry::Access;

const ANN: &str = "client=aaaaaaaaaaaaaaaaaaaaaa";
const BOB: &str = "client=bbbbbbbbbbbbbbbbbbbbbb";

/// An app with one room, which is followed from its beginning.
#[derive(Clone)]
struct Room {
    app: Tested,
    node: Arc<Node>,
}

impl Room {
    fn new(group: &'static str, config: Config) -> Self {
        let mut plan = plan([]);
        let rooms = rooms(group, Access::Public);
        plan.channels.push(rooms);
        plan.authenticator = Some(SharedAuthenticator::new(|parts: &http::request::Parts| {
            parts.headers.get("x-user").map(|user| User::new(user.to_str().unwrap()))
        }));
        Self { app: Tested::with(plan, config), node: hub().node("rooms/a", rooms) }
    }

    fn say(&self, json: &'static str) {
        self.node.log.append(EventName::MESSAGE, Bytes::from_static(json.as_bytes())).unwrap();
    }

    fn at(&self, offset: u64) -> String {
        format!("{}.{offset}", self.node.log.epoch())
    }

    /// Polls from the beginning on.
    async fn poll(&self, query: &str) -> Value {
        self.poll_as("somebody", query).await
    }

    async fn poll_as(&self, user: &str, query: &str) -> Value {
        let path =
            format!("/comet/events?transport=longpoll&channel=rooms/a&cursor={}", self.at(0));
        let request = Request::get(format!("{path}&{query}")).header("x-user", user);
        let response = self.app.send(request, "").await;
        assert_eq!(response.status(), StatusCode::OK, "{query}");
        serde_json::from_str(&text(response).await).unwrap()
    }

    /// Polls in the background, and is held when this returns.
    async fn held(&self, user: &'static str, query: &'static str) -> JoinHandle<Value> {
        let room = self.clone();
        let poll = tokio::spawn(async move { room.poll_as(user, query).await });
        sleep(Duration::from_millis(1)).await;
        assert!(!poll.is_finished());
        poll
    }

    /// Says 1, 2 and 3 a second from now, 100 ms apart.
    async fn burst(&self) {
        sleep(Duration::from_secs(1)).await;
        for json in ["1", "2", "3"] {
            self.say(json);
            sleep(Duration::from_millis(100)).await;
        }
    }
}

fn data(reply: &Value) -> Vec<Value> {
    reply["events"].as_array().unwrap().iter().map(|event| event["data"].clone()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_poll_collects_for_its_window_from_the_first_event_on() {
    for (name, query, wanted, after) in [
        ("bundle-none", "", json!([1]), 1_000),
        ("bundle-some", "bundle=150", json!([1, 2]), 1_150),
        ("bundle-all", "bundle=999999", json!([1, 2, 3]), 2_000),
    ] {
        let room = Room::new(name, Config::default());
        let since = Instant::now();
        let poll = async {
            let reply = room.poll(query).await;
            (reply, since.elapsed().as_millis())
        };
        let ((reply, elapsed), ()) = tokio::join!(poll, room.burst());
        assert_eq!(json!(data(&reply)), wanted, "{query}");
        assert!((after..after + 5).contains(&elapsed), "{query}: {elapsed}");
        assert_eq!(reply["cursor"], room.at(data(&reply).len() as u64));
    }
}

#[tokio::test(start_paused = true)]
async fn the_setting_bundles_where_the_request_does_not_say() {
    let config = Config { bundle: Duration::from_millis(150), ..Config::default() };
    let room = Room::new("bundle-setting", config);
    let (reply, ()) = tokio::join!(room.poll(""), room.burst());
    assert_eq!(data(&reply), [1, 2]);
    assert_eq!(data(&room.poll("bundle=0").await), [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_window_does_not_keep_a_drain_or_an_empty_reply_waiting() {
    let room = Room::new("bundle-drain", Config::default());
    let since = Instant::now();
    assert_eq!(data(&room.poll("bundle=1000&timeout=500").await), [] as [Value; 0]);
    assert!(since.elapsed() < Duration::from_millis(505));
    room.say("1");
    let poll = room.held("somebody", "bundle=1000").await;
    room.app.drain.begin();
    let since = Instant::now();
    assert_eq!(data(&poll.await.unwrap()), [1]);
    assert_eq!(since.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_asks_again_ends_its_first_poll_and_loses_nothing() {
    let room = Room::new("again", Config::default());
    let first = room.held("ann", ANN).await;
    let second = room.held("ann", ANN).await;
    assert_eq!(first.await.unwrap(), json!({ "events": [], "cursor": room.at(0) }));
    let third = room.held("ann", "client=aaaaaaaaaaaaaaaaaaaaaa&bundle=100").await;
    assert_eq!(data(&second.await.unwrap()), [] as [Value; 0]);
    room.say("1");
    let fourth = room.held("ann", "client=aaaaaaaaaaaaaaaaaaaaaa&bundle=50").await;
    let collecting = third.await.unwrap();
    assert_eq!(collecting, json!({ "events": [], "cursor": room.at(0) }), "the next one has it");
    assert_eq!(data(&fourth.await.unwrap()), [1]);
    assert_eq!(room.node.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn nobody_ends_the_poll_of_somebody_else() {
    let room = Room::new("others", Config::default());
    let polls = [
        room.held("ann", ANN).await,
        room.held("ann", BOB).await,
        room.held("bob", ANN).await,
        room.held("ann", "").await,
        room.held("ann", "").await,
    ];
    room.say("1");
    for poll in polls {
        assert_eq!(data(&poll.await.unwrap()), [1]);
    }
}

#[tokio::test]
async fn an_id_that_can_be_guessed_is_none() {
    let room = Room::new("ids", Config::default());
    let long = "a".repeat(65);
    for id in ["", "1", "aaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaa%0a", &long] {
        let path = format!("/comet/events?transport=longpoll&channel=rooms/a&client={id}");
        assert_eq!(room.app.get(&path).await.status(), StatusCode::BAD_REQUEST, "{id}");
    }
    let path = "/comet/events?transport=longpoll&channel=rooms/a&bundle=soon";
    assert_eq!(room.app.get(path).await.status(), StatusCode::BAD_REQUEST);
}
