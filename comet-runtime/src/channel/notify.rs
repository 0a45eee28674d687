//! A channel's suspended handlers, and what the program keeps beside a channel.

use std::any::Any;
use std::future::{Ready, ready};
use std::sync::Arc;

use super::topic::draft;
use super::{Channel, Closed, HandlerId, Topic};
use crate::error::Result;
use crate::log::Reach;

impl<T: Channel> Topic<T> {
    /// Publishes an event and says how many [suspended handlers](crate::suspend) are there to get it. Every other reader
    /// gets it as well.
    ///
    /// # Errors
    ///
    /// As for [`publish`](Self::publish).
    pub fn notify(&self, event: &T) -> Ready<Result<usize>> {
        self.told(event, Reach::All)
    }

    /// Tells one suspended handler alone, and says whether it is there: 1 or 0. No other reader gets the event, and it is
    /// in no [`history`](Self::history). Of what is for some alone, joins and leaves among it, a channel keeps 1,024 beside
    /// its history.
    ///
    /// # Errors
    ///
    /// As for [`publish`](Self::publish).
    pub fn notify_one(&self, handler: HandlerId, event: &T) -> Ready<Result<usize>> {
        self.told(event, Reach::One(handler.0))
    }

    /// Tells the suspended handlers of one [kind](crate::Suspended::kind) alone, and says how many there are.
    ///
    /// # Errors
    ///
    /// As for [`publish`](Self::publish).
    pub fn notify_kind(&self, kind: &str, event: &T) -> Ready<Result<usize>> {
        self.told(event, Reach::Kind(kind.into()))
    }

    /// Publishes an event for everybody but one suspended handler, the one that it comes from, and says how many others
    /// there are.
    ///
    /// # Errors
    ///
    /// As for [`publish`](Self::publish).
    pub fn notify_others(&self, sender: HandlerId, event: &T) -> Ready<Result<usize>> {
        self.told(event, Reach::Others(sender.0))
    }

    fn told(&self, event: &T, reach: Reach) -> Ready<Result<usize>> {
        ready(draft(event).and_then(|mut draft| {
            // Only what reaches everybody can stand for what came before it.
            draft.key = draft.key.filter(|_| matches!(reach, Reach::All));
            draft.reach = reach;
            Ok(self.node().notify(draft).ok_or(Closed)?)
        }))
    }

    /// Keeps a value beside the channel, one of each type, and hands back the one before. It stays until it is removed or
    /// the channel is closed.
    pub fn set_attribute<A: Any + Send + Sync>(&self, value: A) -> Option<Arc<A>> {
        self.node().attributes.set(value)
    }

    /// The value of that type that is kept beside the channel.
    #[must_use]
    pub fn attribute<A: Any + Send + Sync>(&self) -> Option<Arc<A>> {
        self.node().attributes.get()
    }

    /// Removes the value of that type.
    pub fn remove_attribute<A: Any + Send + Sync>(&self) -> Option<Arc<A>> {
        self.node().attributes.remove()
    }
}
