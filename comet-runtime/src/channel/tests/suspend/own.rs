//! What a handler does to its own topic.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;

use super::{Note, note, room};
use crate::channel::{
    Delivered, Expiration, Interrupt, Suspended, Terminate, Then, Topic, suspend,
};
use crate::error::Result;

/// A handler that closes its topic at an event, and counts who is there when it ends.
struct Closing<'t> {
    room: &'t Topic<Note>,
    told: Vec<String>,
}

impl Suspended<Note> for Closing<'_> {
    async fn on_event(&mut self, event: Delivered<Note>) -> Result<Then> {
        let text = event.value()?.0;
        self.told.push(text.clone());
        match &*text {
            "close" => self.room.close(),
            "panic" => panic!("as asked for"),
            _ => {}
        }
        Ok(if text == "resume" { Then::Resume } else { Then::Wait })
    }

    fn on_interrupt(&mut self, why: Interrupt) {
        self.told.push(format!("{why:?} {}", self.room.count()));
    }

    fn on_terminate(&mut self, why: Terminate) {
        self.told.push(format!("{why:?} {}", self.room.count()));
    }
}

#[tokio::test]
async fn a_handler_may_close_its_own_topic_and_is_not_there_any_more_when_it_is_told_of_its_end() {
    for (texts, last) in [
        (&["a", "close"][..], "Closed 0"),
        (&["close", "b"], "Closed 0"),
        (&["a", "resume"], "Resumed 0"),
        (&["panic"], "Panicked 0"),
    ] {
        let room = room("own");
        let events = room.subscribe();
        room.publish_all(&texts.iter().map(|text| note(text)).collect::<Vec<_>>()).await.unwrap();
        let mut closing = Closing { room: &room, told: Vec::new() };
        let suspended = suspend(&mut closing, events, Expiration::Never);
        let ended = AssertUnwindSafe(suspended).catch_unwind().await;
        assert_eq!(ended.is_err(), last == "Panicked 0");
        assert_eq!(closing.told, [texts, &[last]].concat());
        room.close();
    }
}
