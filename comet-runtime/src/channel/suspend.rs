//! Handlers made of callbacks, driven by the one reader that everything else has.

use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use tokio::time::{Instant, sleep_until};

use super::notifier::{Notifier, notifier};
use super::remote::Remote;
use super::{Cause, Channel, Delivered, End, Expiration, HandlerId, Interrupt, Recipient};
use super::{Subscription, Suspended, Terminate, Then, Topic};
use crate::error::Result;
use crate::log::Addressee;
use crate::stay::Stay;

/// Suspends a handler at a channel until it resumes, or is ended, and says how.
///
/// It follows the channel from when this is awaited, or from where a [`Subscription`] is: `topic.subscribe().after(cursor)`
/// loses nothing between two long polls. In a `#[comet]` or `#[longpoll]` handler it hears of that call's end: the hold of
/// a long poll, a client that leaves, a server that goes away.
///
/// ```
/// use comet::{Delivered, Expiration, Json, Suspended, Then, channel, longpoll};
///
/// #[channel("counter", public, group = "doc-suspend")]
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Count(u64);
///
/// #[derive(Default)]
/// struct Counter(Option<u64>);
///
/// impl Suspended<Count> for Counter {
///     async fn on_event(&mut self, event: Delivered<Count>) -> comet::Result<Then> {
///         self.0 = Some(event.value()?.0);
///         Ok(Then::Resume)
///     }
/// }
///
/// /// The next count, or `null` after 150 s.
/// #[longpoll("/counter", public, timeout = "150s", group = "doc-suspend")]
/// async fn counter() -> comet::Result<Json<Option<u64>>> {
///     let mut counter = Counter::default();
///     comet::suspend(&mut counter, &Count::channel(), Expiration::Never).await?;
///     Ok(Json(counter.0))
/// }
/// ```
///
/// Several channels of one type are one [`Subscription`]: `first.subscribe().and(&second)`. Others may be
/// [attached](crate::Topic::attach) and detached while it is suspended.
///
/// # Errors
///
/// What one of the callbacks, or the channel's [notifier](crate::Topic::set_notifier), returned; `on_interrupt` was told
/// [`Interrupt::Failed`] before. And when no tokio runtime is there to wait in: then the handler is told nothing.
pub async fn suspend<T, H>(
    handler: &mut H,
    channel: impl Into<Subscription<T>>,
    expiration: Expiration,
) -> Result<End>
where
    T: Channel,
    H: Suspended<T>,
{
    crate::runtime::needed_by("comet::suspend")?;
    let (mut events, id): (Subscription<T>, _) = (channel.into(), HandlerId::next());
    let remote = Remote::new::<T>(Addressee { id: id.0, kind: handler.kind() });
    events.suspend(&remote);
    let mut seated = Seated { handler, events, remote, stay: Stay::current(), ended: false };
    let end = seated.serve(id, expiration).await;
    seated.end(*end.as_ref().unwrap_or(&End::Interrupted(Interrupt::Failed)));
    end
}

/// A handler that is owed its one ending.
struct Seated<'h, T: Channel, H: Suspended<T>> {
    handler: &'h mut H,
    events: Subscription<T>,
    remote: Arc<Remote>,
    stay: Stay,
    ended: bool,
}

impl<T: Channel, H: Suspended<T>> Seated<'_, T, H> {
    async fn serve(&mut self, id: HandlerId, expiration: Expiration) -> Result<End> {
        self.handler.on_initialize(id).await?;
        let mut expires = expiration.first();
        let stay = self.stay.clone();
        let mut drained = pin!(stay.drained());
        loop {
            if let Some(end) = self.remote.end() {
                return Ok(end);
            }
            let event = tokio::select! {
                biased;
                () = &mut drained => return Ok(End::Interrupted(Interrupt::Draining)),
                () = passed(earlier(expires, stay.until)) => {
                    return Ok(End::Interrupted(Interrupt::Expired));
                }
                () = self.remote.changed() => continue,
                event = self.events.advance() => event,
            };
            match event {
                Ok(event) => {
                    let to = self.remote.addressee;
                    let notifier = self.events.source().and_then(notifier::<T>);
                    let Some(event) = told(notifier, event, to).await? else { continue };
                    if self.handler.on_event(event).await? == Then::Resume {
                        return Ok(End::Terminated(Terminate::Resumed));
                    }
                }
                Err(Cause::Slow) => return Ok(End::Interrupted(Interrupt::Slow)),
                // Nobody's access is revoked but a user's.
                Err(Cause::Closed | Cause::Revoked | Cause::Unknown) => {
                    return Ok(End::Terminated(Terminate::Closed));
                }
            }
            expires = expiration.after_event(expires);
        }
    }

    fn end(&mut self, end: End) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        // Whoever it tells or counts from now on, it is not among them.
        self.remote.over();
        self.events.leave();
        let handler = &mut *self.handler;
        // It may run in a destructor while something else panics, where a second panic would end the process.
        let told = catch_unwind(AssertUnwindSafe(|| match end {
            End::Interrupted(why) => handler.on_interrupt(why),
            End::Terminated(why) => handler.on_terminate(why),
        }));
        if told.is_err() {
            tracing::error!(?end, "a suspended handler panicked when it was told of its end");
        }
    }
}

/// What a handler is told of an event, if it is told anything.
async fn told<T: Channel>(
    notifier: Option<Arc<Notifier<T>>>,
    event: Delivered<T>,
    to: Addressee,
) -> Result<Option<Delivered<T>>> {
    match notifier {
        None => Ok(Some(event)),
        Some(notifier) => {
            notifier.notify(event, Recipient { id: HandlerId(to.id), kind: to.kind }).await
        }
    }
}

/// Dropped before it has ended: by the hold, by a panic, or with the response that its client no longer reads.
impl<T: Channel, H: Suspended<T>> Drop for Seated<'_, T, H> {
    fn drop(&mut self) {
        self.end(End::Interrupted(if std::thread::panicking() {
            Interrupt::Panicked
        } else if self.stay.is_drained() {
            Interrupt::Draining
        } else if self.stay.is_over() {
            Interrupt::Expired
        } else {
            Interrupt::Left
        }));
    }
}

fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    a.into_iter().chain(b).min()
}

/// Resolves at that time, and as soon as it is asked after it: whoever waits for the same time finds it passed as well.
async fn passed(at: Option<Instant>) {
    let Some(at) = at else { return pending().await };
    let mut sleep = pin!(sleep_until(at));
    poll_fn(|cx| if Instant::now() >= at { Poll::Ready(()) } else { sleep.as_mut().poll(cx) })
        .await;
}

impl<T: Channel> From<&Topic<T>> for Subscription<T> {
    fn from(topic: &Topic<T>) -> Self {
        topic.subscribe()
    }
}

impl<T: Channel> From<Topic<T>> for Subscription<T> {
    fn from(topic: Topic<T>) -> Self {
        topic.subscribe()
    }
}
