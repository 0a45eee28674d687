mod asked;
mod attached;
mod notifier;
mod own;
mod reflect;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::{Instant, advance};

use super::declaration;
use crate::channel::remote::Remote;
use crate::channel::{
    Channel, Declaration, Delivered, End, Expiration, HandlerId, Interrupt, Slow,
};
use crate::channel::{Suspended, Terminate, Then, Topic, suspend, topic};
use crate::drain::Drain;
use crate::error::{Error, Result};
use crate::stay::{Stay, within};

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Note(String);

impl Channel for Note {
    const DECLARATION: &'static Declaration = &NOTES;

    fn payload(&self) -> Result<Vec<u8>> {
        crate::channel::json(self)
    }
}

static NOTES: Declaration = Declaration { group: "suspend", ..declaration("", "notes/{room}") };

fn room(name: &str) -> Topic<Note> {
    topic(&format!("notes/{name}"))
}

fn note(text: &str) -> Note {
    Note(text.to_owned())
}

/// What a handler was told, for those who look on.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    fn note(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn id(&self) -> HandlerId {
        let first = self.all().first().unwrap().strip_prefix("initialize ").unwrap().to_owned();
        HandlerId(first.parse().unwrap())
    }
}

/// A handler that does what the event says.
#[derive(Clone, Default)]
struct Obedient {
    told: Told,
    kind: &'static str,
    fails_at_once: bool,
}

impl Suspended<Note> for Obedient {
    fn kind(&self) -> &'static str {
        self.kind
    }

    async fn on_initialize(&mut self, id: HandlerId) -> Result {
        self.told.note(format!("initialize {}", id.0));
        if self.fails_at_once { Err(Error::from(std::io::Error::other("no"))) } else { Ok(()) }
    }

    async fn on_event(&mut self, event: Delivered<Note>) -> Result<Then> {
        let text = event.value()?.0;
        self.told.note(&text);
        match &*text {
            "resume" => Ok(Then::Resume),
            "fail" => Err(Error::from(std::io::Error::other("as asked for"))),
            "panic" => panic!("as asked for"),
            "hang" => std::future::pending().await,
            _ => Ok(Then::Wait),
        }
    }

    fn on_interrupt(&mut self, why: Interrupt) {
        self.told.note(format!("interrupt {why:?}"));
        assert!(self.kind != "panics at the end");
    }

    fn on_terminate(&mut self, why: Terminate) {
        self.told.note(format!("terminate {why:?}"));
    }
}

/// A suspended handler in a task of its own.
struct Running {
    told: Told,
    task: tokio::task::JoinHandle<Result<End>>,
}

async fn running_in(
    room: &Topic<Note>,
    kind: &'static str,
    how: Expiration,
    stay: Stay,
) -> Running {
    let mut handler = Obedient { kind, ..Obedient::default() };
    let (told, room) = (handler.told.clone(), room.clone());
    let task = tokio::spawn(within(stay, async move { suspend(&mut handler, &room, how).await }));
    settle().await;
    Running { told, task }
}

async fn running(room: &Topic<Note>, kind: &'static str) -> Running {
    running_in(room, kind, Expiration::Never, Stay::default()).await
}

/// Lets every task come as far as it can.
async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

impl Running {
    /// What it was told after that it is suspended.
    fn told(&self) -> Vec<String> {
        self.told.all().split_off(1)
    }

    async fn end(self) -> (Vec<String>, Option<End>) {
        let end = self.task.await.ok().and_then(Result::ok);
        (self.told.all().split_off(1), end)
    }
}

const INTERRUPTED: fn(Interrupt) -> Option<End> = |why| Some(End::Interrupted(why));
const TERMINATED: fn(Terminate) -> Option<End> = |why| Some(End::Terminated(why));

#[tokio::test(start_paused = true)]
async fn ten_events_come_in_order_and_then_the_end() {
    let room = room("ten");
    let handler = running(&room, "").await;
    for n in 0..10 {
        assert_eq!(room.notify(&note(&n.to_string())).await.unwrap(), 1);
        settle().await;
    }
    room.close();
    let (told, end) = handler.end().await;
    assert_eq!(told[..10], ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    assert_eq!(
        (&told[10..], end),
        (&["terminate Closed".to_owned()][..], TERMINATED(Terminate::Closed))
    );
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_resumes_hears_of_it_once_and_of_nothing_more() {
    let room = room("resume");
    let handler = running(&room, "").await;
    room.publish_all(&[note("a"), note("resume"), note("b")]).await.unwrap();
    room.close();
    let (told, end) = handler.end().await;
    assert_eq!(told, ["a", "resume", "terminate Resumed"]);
    assert_eq!(end, TERMINATED(Terminate::Resumed));
}

#[tokio::test(start_paused = true)]
async fn a_fixed_expiration_comes_whatever_happens_and_an_idle_one_after_the_last_event() {
    let ten = Duration::from_secs(10);
    for (how, seconds) in [(Expiration::Fixed(ten), 10), (Expiration::Idle(ten), 18)] {
        let room = room(if seconds == 10 { "fixed" } else { "idle" });
        let since = Instant::now();
        let handler = running_in(&room, "", how, Stay::default()).await;
        for _ in 0..2 {
            advance(Duration::from_secs(4)).await;
            room.notify(&note("x")).await.unwrap();
            settle().await;
        }
        let (told, end) = handler.end().await;
        assert_eq!(told, ["x", "x", "interrupt Expired"]);
        assert_eq!(end, INTERRUPTED(Interrupt::Expired));
        assert_eq!(since.elapsed().as_secs(), seconds, "{how:?}");
    }
    let handler = running(&room("never"), "").await;
    advance(Duration::from_secs(1_000_000)).await;
    settle().await;
    assert!(handler.told().is_empty() && !handler.task.is_finished());
}

#[tokio::test(start_paused = true)]
async fn a_busy_channel_does_not_put_a_fixed_expiration_off() {
    let room = room("busy");
    let how = Expiration::Fixed(Duration::from_secs(1));
    let handler = running_in(&room, "", how, Stay::default()).await;
    advance(Duration::from_secs(2)).await;
    room.publish_all(&vec![note("x"); 8]).await.unwrap();
    assert_eq!(handler.end().await.0, ["interrupt Expired"]);
}

#[tokio::test(start_paused = true)]
async fn each_reason_for_an_interrupt_is_told_as_what_it_is() {
    let room = room("reasons");
    let failed = running(&room, "").await;
    room.notify_one(failed.told.id(), &note("fail")).await.unwrap();
    assert_eq!(failed.end().await, (vec!["fail".to_owned(), "interrupt Failed".to_owned()], None));

    let panicked = running(&room, "").await;
    room.notify_one(panicked.told.id(), &note("panic")).await.unwrap();
    assert_eq!(panicked.end().await.0, ["panic", "interrupt Panicked"]);

    let left = running(&room, "").await;
    left.task.abort();
    assert_eq!(left.end().await.0, ["interrupt Left"]);

    let in_an_event = running(&room, "").await;
    room.notify_one(in_an_event.told.id(), &note("hang")).await.unwrap();
    settle().await;
    in_an_event.task.abort();
    assert_eq!(in_an_event.end().await.0, ["hang", "interrupt Left"]);

    let drain = Drain::new();
    let stay = Stay { drain: Some(drain.clone()), ..Stay::default() };
    let drained = running_in(&room, "", Expiration::Never, stay.clone()).await;
    let hung = running_in(&room, "", Expiration::Never, stay).await;
    room.notify_one(hung.told.id(), &note("hang")).await.unwrap();
    settle().await;
    drain.begin();
    let (told, end) = drained.end().await;
    assert_eq!(
        (&*told, end),
        (&["interrupt Draining".to_owned()][..], INTERRUPTED(Interrupt::Draining))
    );
    hung.task.abort();
    assert_eq!(hung.end().await.0, ["hang", "interrupt Draining"]);
    assert_eq!(room.notify(&note("anybody?")).await.unwrap(), 0, "each has left");
}

#[tokio::test(start_paused = true)]
async fn the_hold_of_a_long_poll_is_an_expiration() {
    let room = room("hold");
    let until = Some(Instant::now() + Duration::from_secs(5));
    let stay = Stay { until, ..Stay::default() };
    let how = Expiration::Idle(Duration::from_secs(60));
    let waits = running_in(&room, "", how, stay.clone()).await;
    let hangs = running_in(&room, "", how, stay).await;
    room.notify_one(hangs.told.id(), &note("hang")).await.unwrap();
    settle().await;
    advance(Duration::from_secs(5)).await;
    settle().await;
    assert_eq!(waits.end().await.1, INTERRUPTED(Interrupt::Expired));
    hangs.task.abort();
    assert_eq!(hangs.end().await.0, ["hang", "interrupt Expired"]);
}

#[tokio::test]
async fn a_handler_that_fails_at_once_has_its_ending_and_one_that_was_never_begun_has_none() {
    let room = room("at-once");
    let mut handler = Obedient { fails_at_once: true, ..Obedient::default() };
    let told = handler.told.clone();
    assert!(suspend(&mut handler, &room, Expiration::Never).await.is_err());
    assert_eq!(told.all()[1..], ["interrupt Failed"]);
    let before = told.all();
    drop(suspend(&mut handler, &room, Expiration::Never));
    assert_eq!(told.all(), before);
}

#[tokio::test]
async fn a_panic_in_an_ending_goes_no_further() {
    let room = room("last-words");
    for text in ["panic", "fail"] {
        let handler = running(&room, "panics at the end").await;
        room.notify(&note(text)).await.unwrap();
        let (told, _) = handler.end().await;
        assert_eq!(told.len(), 2, "{told:?}");
    }
}

static CUTTING: Declaration =
    Declaration { group: "suspend-cut", slow: Slow::Cut, ..declaration("", "cut") };

#[derive(serde::Serialize)]
struct Cutting;

impl Channel for Cutting {
    const DECLARATION: &'static Declaration = &CUTTING;

    fn payload(&self) -> Result<Vec<u8>> {
        crate::channel::json(self)
    }
}

impl Suspended<Cutting> for Obedient {
    async fn on_event(&mut self, _: Delivered<Cutting>) -> Result<Then> {
        topic("cut").publish_all(&[const { Cutting }; 20]).await?;
        Ok(Then::Wait)
    }

    fn on_interrupt(&mut self, why: Interrupt) {
        self.told.note(format!("{why:?}"));
    }
}

#[tokio::test]
async fn a_handler_that_is_too_slow_for_its_channel_is_told() {
    let mut handler = Obedient::default();
    let cut = topic::<Cutting>("cut");
    let events = cut.subscribe();
    cut.publish(&Cutting).await.unwrap();
    let end = suspend(&mut handler, events, Expiration::Never).await.unwrap();
    assert_eq!(end, End::Interrupted(Interrupt::Slow));
    assert_eq!(handler.told.all(), ["Slow"]);
}

#[tokio::test]
async fn all_one_a_kind_and_all_but_the_sender_are_told_and_counted() {
    let room = room("audiences");
    let mut browser = room.subscribe();
    let a = running(&room, "user").await;
    let b = running(&room, "user").await;
    let moderator = running(&room, "moderator").await;
    let (one, two) = (a.told.id(), moderator.told.id());
    assert_eq!(room.notify(&note("all")).await.unwrap(), 3);
    assert_eq!(room.notify_one(one, &note("one")).await.unwrap(), 1);
    assert_eq!(room.notify_kind("user", &note("kind")).await.unwrap(), 2);
    assert_eq!(room.notify_kind("nobody", &note("none")).await.unwrap(), 0);
    assert_eq!(room.notify_others(two, &note("others")).await.unwrap(), 2);
    let texts: Vec<_> = room.history(9).iter().map(|event| event.value().unwrap().0).collect();
    assert_eq!(texts, ["all", "others"], "what is for some is in no history");
    room.close();
    assert_eq!(a.end().await.0, ["all", "one", "kind", "others", "terminate Closed"]);
    assert_eq!(b.end().await.0, ["all", "kind", "others", "terminate Closed"]);
    assert_eq!(moderator.end().await.0, ["all", "terminate Closed"]);
    for text in ["all", "others"] {
        assert_eq!(browser.next().await.unwrap().value().unwrap(), note(text));
    }
    assert!(browser.next().await.is_err());
    assert!(room.notify(&note("late")).await.is_err(), "a closed channel takes nothing");
}

#[tokio::test]
async fn what_was_for_some_alone_is_no_gap_for_the_others_and_one_for_them() {
    let room = room("some");
    let mut browser = room.subscribe();
    let mut ours = room.subscribe();
    let remote = Remote::new::<Note>(crate::log::Addressee { id: 0, kind: "k" });
    ours.suspend(&remote);
    room.publish(&note("first")).await.unwrap();
    assert_eq!(browser.next().await.unwrap().value().unwrap(), note("first"));
    ours.next().await.unwrap();
    for n in 0..20 {
        room.notify_kind("k", &note(&n.to_string())).await.unwrap();
    }
    let kept = room.history(9);
    assert_eq!(kept.len(), 1, "they do not push out what was said to everybody");
    for n in 20..1_030 {
        room.notify_kind("k", &note(&n.to_string())).await.unwrap();
    }
    room.publish(&note("last")).await.unwrap();
    let last = browser.next().await.unwrap();
    assert_eq!((last.missed, last.value().unwrap()), (false, note("last")));
    let next = ours.next().await.unwrap();
    assert_eq!((next.missed, next.value().unwrap()), (true, note("6")), "1,024 are kept");
    remote.over();
}

#[tokio::test]
async fn what_is_published_before_it_is_awaited_is_not_lost_with_a_subscription() {
    let room = room("before");
    let events = room.subscribe();
    room.publish_all(&[note("a"), note("resume")]).await.unwrap();
    let mut handler = Obedient::default();
    suspend(&mut handler, events, Expiration::Never).await.unwrap();
    assert_eq!(handler.told.all()[1..], ["a", "resume", "terminate Resumed"]);
}

#[tokio::test]
async fn a_channel_keeps_a_value_of_each_type_beside_it() {
    let room = room("attributes");
    assert!(room.attribute::<u32>().is_none());
    assert!(room.set_attribute(7_u32).is_none());
    assert!(room.set_attribute("name").is_none());
    assert_eq!(*room.set_attribute(8_u32).unwrap(), 7);
    assert_eq!(*self::room("attributes").attribute::<u32>().unwrap(), 8);
    assert_eq!(*room.remove_attribute::<u32>().unwrap(), 8);
    assert!(room.attribute::<u32>().is_none());
    assert_eq!(*room.attribute::<&str>().unwrap(), "name");
    room.close();
    assert!(self::room("attributes").attribute::<&str>().is_none());
}
