//! Keeping the book of a channel.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep_until};

use super::list::{Attendance, Member, Present};
use super::roster::{Coming, Roster};
use crate::channel::{Node, Person};
use crate::log::EventName;
use crate::random;

/// Who follows a channel, and since when they do.
///
/// Joins and leaves are appended to the channel's log under the lock of the book: no position in the log is between a
/// change of the one and that of the other.
#[derive(Debug)]
pub(in crate::channel) struct Presence {
    /// How long a person without a reader still counts as there.
    stay: Duration,
    book: Mutex<Book>,
}

#[derive(Debug, Default)]
struct Book {
    roster: Roster,
    /// Whether a task waits for those who do not come back.
    watched: bool,
}

/// A reader's part in it.
#[derive(Debug)]
pub(in crate::channel) struct Stay {
    /// The person's number; `None` for a reader that is nobody or was one too many.
    number: Option<u64>,
    /// The offset up to which the list holds what the log says.
    pub(in crate::channel) since: u64,
    /// The list as it was there, until the reader is told.
    pub(in crate::channel) attendance: Option<Attendance>,
}

/// A join or a leave, as readers get it.
#[derive(Serialize)]
struct Change<'a> {
    channel: &'a str,
    #[serde(flatten)]
    member: &'a Member,
    count: usize,
}

impl Presence {
    pub(in crate::channel) fn new(stay: Duration) -> Self {
        Self { stay, book: Mutex::default() }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a reader in.
    pub(in crate::channel) fn come(&self, node: &Arc<Node>, person: Option<&Person>) -> Stay {
        let mut book = self.book();
        let roster = &mut book.roster;
        see_out(node, roster);
        let number = person.and_then(|person| match roster.come(person) {
            Coming::Again(number) => Some(number),
            Coming::New => join(node, roster, person),
            Coming::Full => None,
        });
        let you = number.and_then(|number| roster.id(number));
        let attendance = Some(Attendance { members: roster.shown(), count: roster.count(), you });
        let stay = Stay { number, since: node.log.newest(), attendance };
        self.watch(node, book);
        stay
    }

    /// Counts a reader out: a person that has no other is gone at once, or unless it comes back in time.
    pub(in crate::channel) fn go(&self, node: &Arc<Node>, stay: &Stay, at_once: bool) {
        let Some(number) = stay.number else { return };
        let mut book = self.book();
        let gone_at = (!at_once).then(|| Instant::now() + self.stay);
        if let Some(member) = book.roster.leave(number, gone_at) {
            tell(node, &book.roster, EventName::LEAVE, &member);
        }
        self.watch(node, book);
    }

    /// A user is gone at once, whatever readers there still are.
    pub(in crate::channel) fn expel(&self, node: &Node, user: &str) {
        let mut book = self.book();
        if let Some(member) = book.roster.expel(&Person::User(user.to_owned())) {
            tell(node, &book.roster, EventName::LEAVE, &member);
        }
    }

    /// Nobody is there: the channel has closed.
    pub(in crate::channel) fn clear(&self) {
        self.book().roster = Roster::default();
    }

    /// Everyone who is there now.
    pub(in crate::channel) fn present(&self, node: &Node) -> Present {
        let mut book = self.book();
        see_out(node, &mut book.roster);
        book.roster.present()
    }

    /// What a reader is told who has to begin anew.
    pub(in crate::channel) fn attendance(&self, stay: &Stay) -> Attendance {
        let mut book = self.book();
        let roster = &mut book.roster;
        let you = stay.number.and_then(|number| roster.id(number));
        Attendance { members: roster.shown(), count: roster.count(), you }
    }

    /// Has a task wait for those who are absent: one a channel, while there are any. It holds the channel, so that they
    /// come back to the same one.
    fn watch(&self, node: &Arc<Node>, mut book: MutexGuard<'_, Book>) {
        if book.watched || book.roster.next_expiry().is_none() {
            return;
        }
        // Without a runtime they are seen out when somebody looks.
        let Ok(runtime) = Handle::try_current() else { return };
        book.watched = true;
        // A runtime that shuts down drops the task right here, and the task takes the lock then.
        drop(book);
        runtime.spawn(Watch { node: Arc::clone(node), done: false }.run());
    }
}

/// Adds a person and tells; a closed channel takes nobody.
fn join(node: &Node, roster: &mut Roster, person: &Person) -> Option<u64> {
    let user = match person {
        Person::User(user) => Some(Arc::from(&**user)),
        Person::Client(_) | Person::Connection => None,
    };
    let member = Member { id: random::id().into(), user };
    let number = roster.add(person.clone(), member.clone());
    if tell(node, roster, EventName::JOIN, &member).is_none() {
        *roster = Roster::default();
        return None;
    }
    Some(number)
}

/// Those whose time has come are gone.
fn see_out(node: &Node, roster: &mut Roster) {
    let now = Instant::now();
    while let Some(member) = roster.expire(now) {
        tell(node, roster, EventName::LEAVE, &member);
    }
}

fn tell(node: &Node, roster: &Roster, event: EventName, member: &Member) -> Option<u64> {
    let change = Change { channel: &node.name, member, count: roster.count() };
    let json = serde_json::to_vec(&change).unwrap_or_default();
    node.log.append(event, Bytes::from(json))
}

/// The task that waits.
struct Watch {
    node: Arc<Node>,
    done: bool,
}

impl Watch {
    async fn run(mut self) {
        while let Some(at) = self.next() {
            sleep_until(at).await;
        }
    }

    /// Sees out who is gone by now, and says when to look again.
    fn next(&mut self) -> Option<Instant> {
        let presence = self.node.presence.as_ref()?;
        let mut book = presence.book();
        see_out(&self.node, &mut book.roster);
        let next = book.roster.next_expiry();
        book.watched = next.is_some();
        self.done = next.is_none();
        next
    }
}

impl Drop for Watch {
    /// A runtime that ends takes its tasks with it; the next reader starts another.
    fn drop(&mut self) {
        if let Some(presence) = self.node.presence.as_ref().filter(|_| !self.done) {
            presence.book().watched = false;
        }
    }
}
