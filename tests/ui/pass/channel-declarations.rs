//! Every way to declare a channel, and what it makes of the type.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use comet::{Access, Cookies, OnGap, Slow, State, User, Verdict, channel};

/// What happens to a list.
#[channel(
    "todos/{list}",
    list: u64,
    history = 256,
    max_age = "10m",
    on_gap = snapshot,
    access = may_watch,
)]
#[derive(Clone, Debug, serde::Serialize)]
pub enum TodoEvent {
    /// It has a text.
    Saved(String),
    /// It is gone.
    Deleted {
        /// Its number.
        id: i64,
    },
}

async fn may_watch(_list: u64, _user: User, db: State<i32>) -> Result<(), comet::Error> {
    let _ = *db;
    Ok(())
}

/// Clicks, for everybody.
#[channel("clicks", presence, public)]
#[derive(Debug, serde::Serialize)]
pub struct Clicks(u64);

/// An attribute below a derive, `access = public`, a choice for slow readers.
#[derive(Debug, serde::Serialize)]
#[channel(access = public, slow = cut, presence = "1m", on_gap = ignore, "ticks")]
struct Tick {
    at: u64,
}

/// A type for names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hex(u32);

impl FromStr for Hex {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u32::from_str_radix(text, 16).map(Hex)
    }
}

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0)
    }
}

comet::param!(Hex);

/// Parameters in another order than the pattern's, a raw name, types of one's own, an access function of the type.
#[channel("rooms/{type}/{room}/in/{color}", color: Hex, room: String, r#type: char, access = Self::may_enter)]
#[derive(Debug, serde::Serialize)]
pub(crate) struct Said(&'static str);

impl Said {
    async fn may_enter(
        kind: char,
        room: String,
        color: Hex,
        who: Option<User>,
        cookies: Cookies,
    ) -> comet::Result<Verdict> {
        let _ = (kind, room, color, who, cookies);
        Ok(Verdict::lasting(Duration::from_secs(60)))
    }
}

/// Letters beyond ASCII.
#[channel("cafés/{name}", name: String, public)]
#[derive(Debug, serde::Serialize)]
pub struct Opened;

mod groups {
    /// One pattern in two groups.
    #[comet::channel("same", group = "a", public)]
    #[derive(Debug, serde::Serialize)]
    pub(crate) struct A;

    #[comet::channel("same", group = "b", public)]
    #[derive(Debug, serde::Serialize)]
    pub(super) struct B;
}

macro_rules! declared {
    ($name:ident, $pattern:literal, $parameter:ident: $ty:ty, $access:path) => {
        #[channel($pattern, $parameter: $ty, access = $access)]
        #[derive(Debug, serde::Serialize)]
        struct $name;
    };
}

mod rules {
    pub(crate) async fn anybody(_: Vec2) -> Result<(), comet::Error> {
        Ok(())
    }

    pub(crate) type Vec2 = i32;
}

declared!(Declared, "declared/{n}", n: rules::Vec2, rules::anybody);

fn nested() -> String {
    #[channel("nested/{n}", n: u8, public)]
    #[derive(Debug, serde::Serialize)]
    struct Nested;
    Nested::channel(3).name().to_owned()
}

fn declaration<T: comet::Channel>(_: &comet::Topic<T>) -> &'static comet::Declaration {
    T::DECLARATION
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> comet::Result {
    let todos = declaration(&TodoEvent::channel(7));
    assert_eq!((todos.pattern, todos.payload), ("todos/{list}", "TodoEvent"));
    assert_eq!((todos.history, todos.max_age), (Some(256), Some(Duration::from_secs(600))));
    assert_eq!((todos.on_gap, todos.slow), (OnGap::Snapshot, Slow::Gap));
    assert_eq!(todos.access, Access::User);
    assert_eq!(TodoEvent::channel(&7).publish(&TodoEvent::Deleted { id: 1 }).await?, 1);
    assert_eq!(TodoEvent::channel(7).publish(&TodoEvent::Saved("x".into())).await?, 2);
    assert_eq!(TodoEvent::channel(8).newest(), 0);

    assert_eq!(Clicks::channel().publish(&Clicks(1)).await?, 1);
    let clicks = declaration(&Clicks::channel());
    assert_eq!((clicks.access, clicks.presence), (Access::Public, Some(Duration::from_secs(15))));
    assert_eq!(Clicks::channel().presence().count(), 0);

    let ticks = declaration(&Tick::channel());
    assert_eq!((ticks.on_gap, ticks.slow, ticks.history), (OnGap::Ignore, Slow::Cut, None));
    assert_eq!((ticks.presence, todos.presence), (Some(Duration::from_secs(60)), None));
    assert_eq!(Tick::channel().publish(&Tick { at: 0 }).await?, 1);

    let room = Said::channel('t', "a/b", Hex(255));
    assert_eq!(room.name(), "rooms/t/a%2Fb/in/ff");
    assert_eq!(room.publish(&Said("hello")).await?, 1);

    let mut all = Said::subscribe_all();
    Said::channel('t', "b", Hex(1)).publish(&Said("again")).await?;
    assert_eq!(all.next().await?.channel(), "rooms/t/b/in/1");

    assert_eq!(Opened::channel("Möwe").name(), "caf%C3%A9s/M%C3%B6we");
    assert_eq!(Declared::channel(-1).name(), "declared/-1");
    assert_eq!(nested(), "nested/3");
    assert_eq!(declaration(&groups::A::channel()).group, "a");
    assert_eq!(declaration(&groups::B::channel()).group, "b");
    Ok(())
}
