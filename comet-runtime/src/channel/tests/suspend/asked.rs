//! What others want of a suspended handler, and races of it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

use futures_util::FutureExt;

use super::{INTERRUPTED, Obedient, TERMINATED, note, room, running, settle};
use crate::channel::{
    Delivered, End, Expiration, HandlerId, Interrupt, Suspended, Terminate, Then, suspend,
};
use crate::error::Result;

#[tokio::test]
async fn g_10_a_handler_is_resumed_or_interrupted_from_outside_once() {
    let room = room("asked");
    let resumed = running(&room, "").await;
    let id = resumed.told.id();
    assert_eq!((room.handlers(), id.is_suspended()), (vec![id], true));
    assert!(id.resume());
    assert!(!id.resume() && !id.interrupt(), "somebody was faster");
    assert_eq!(
        resumed.end().await,
        (vec!["terminate Resumed".to_owned()], TERMINATED(Terminate::Resumed))
    );
    assert!(!id.resume() && !id.interrupt() && !id.is_suspended(), "it has ended");

    let interrupted = running(&room, "").await;
    assert!(interrupted.told.id().interrupt());
    assert_eq!(
        interrupted.end().await,
        (vec!["interrupt Asked".to_owned()], INTERRUPTED(Interrupt::Asked))
    );
    assert!(room.handlers().is_empty());
}

#[tokio::test]
async fn g_10_what_is_asked_during_an_event_counts_after_it_and_a_client_that_leaves_is_told_alone()
{
    let room = room("asked-busy");
    let busy = running(&room, "").await;
    let id = busy.told.id();
    room.notify(&note("hang")).await.unwrap();
    settle().await;
    assert!(id.resume());
    busy.task.abort();
    assert_eq!(busy.end().await.0, ["hang", "interrupt Left"]);

    let events = room.subscribe();
    room.publish_all(&[note("itself"), note("never")]).await.unwrap();
    let mut handler = Itself::default();
    assert_eq!(
        suspend(&mut handler, events, Expiration::Never).await.unwrap(),
        End::Terminated(Terminate::Resumed)
    );
    assert_eq!(handler.told, ["itself"]);
}

/// Resumes itself, by its id, at the first event.
#[derive(Default)]
struct Itself {
    id: Option<HandlerId>,
    told: Vec<String>,
}

impl Suspended<super::Note> for Itself {
    async fn on_initialize(&mut self, id: HandlerId) -> Result {
        self.id = Some(id);
        Ok(())
    }

    async fn on_event(&mut self, event: Delivered<super::Note>) -> Result<Then> {
        self.told.push(event.value()?.0);
        assert!(self.id.is_some_and(HandlerId::resume));
        Ok(Then::Wait)
    }
}

/// Counts how often it is told of an end.
struct Counting<'c>(&'c AtomicUsize);

impl Suspended<super::Note> for Counting<'_> {
    async fn on_event(&mut self, _: Delivered<super::Note>) -> Result<Then> {
        Ok(Then::Resume)
    }

    fn on_interrupt(&mut self, _: Interrupt) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn on_terminate(&mut self, _: Terminate) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Threads that resume, interrupt, notify, detach and attach one handler at the same moment.
#[test]
fn g_10_whatever_is_asked_at_once_one_ending_is_told_and_one_asker_is_heard() {
    for round in 0..100 {
        let (room, ends) = (room(&format!("race-{round}")), Arc::new(AtomicUsize::new(0)));
        let (told, start) = (Arc::clone(&ends), Arc::new(Barrier::new(5)));
        let events = room.subscribe();
        let (send, receive) = std::sync::mpsc::channel();
        let suspended = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(async {
                let mut handler = Counting(&told);
                let mut suspended = Box::pin(suspend(&mut handler, events, Expiration::Never));
                assert!(suspended.as_mut().now_or_never().is_none());
                send.send(()).unwrap();
                suspended.await.unwrap()
            })
        });
        receive.recv().unwrap();
        let id = room.handlers()[0];
        let act = |what: fn(&super::Topic<super::Note>, HandlerId) -> bool| {
            let (room, start) = (room.clone(), Arc::clone(&start));
            thread::spawn(move || {
                start.wait();
                what(&room, id)
            })
        };
        let asking =
            [act(|_, id| id.resume()), act(|_, id| id.interrupt()), act(|_, id| id.resume())];
        let others = [
            act(|room, id| room.detach(id) && room.attach(id)),
            act(|room, _| room.notify(&note("x")).now_or_never().unwrap().is_ok()),
        ];
        let heard = asking.map(|asker| asker.join().unwrap());
        let heard = heard.into_iter().filter(|heard| *heard).count();
        let others = others.map(|other| other.join().unwrap());
        assert!(others[1], "nobody has closed it");
        let end = suspended.join().unwrap();
        assert!(heard <= 1, "{heard} were heard");
        assert!(heard == 1 || end == End::Terminated(Terminate::Resumed), "the event ended it");
        assert_eq!(ends.load(Ordering::Relaxed), 1);
        assert_eq!((room.count(), room.handlers()), (0, Vec::new()));
    }
}

#[test]
fn g_18_without_a_runtime_the_error_says_so() {
    let mut handler = Obedient::default();
    let told = handler.told.clone();
    let room = room("nowhere");
    let suspended = suspend(&mut handler, &room, Expiration::Never).now_or_never();
    let error = format!("{:?}", suspended.unwrap().unwrap_err());
    assert!(error.starts_with("`comet::suspend` needs a tokio runtime"), "{error}");
    assert!(error.contains("#[tokio::main]") && told.all().is_empty());

    let served = crate::App::from_group("suspend-nowhere").serve().now_or_never();
    let error = format!("{:?}", served.unwrap().unwrap_err());
    assert!(error.starts_with("`App::serve` needs a tokio runtime"), "{error}");
}
