//! Long polls that follow each other on one connection: what was read of the first holds for all.

use std::sync::Arc;

use http::request::Parts;
use hyper::upgrade::OnUpgrade;
use tracing::Instrument;

use super::asked::Asked;
use super::poll::Held;
use super::service::{Inner, span};
use crate::channel::Positions;
use crate::random;
use crate::server::{self, Again, Asking, Differs, Hold, Holding, Polling, Takeover};

/// A long poll that may be asked again with another cursor.
pub(super) struct Repeat {
    app: Arc<Inner>,
    /// The request of the first. Who asks and what it may follow is decided by this each time.
    parts: Parts,
    asked: Asked,
}

impl Repeat {
    /// Has the server hold a poll, and ask for those after it.
    pub(super) fn hold(
        holding: &Holding,
        app: &Arc<Inner>,
        parts: &Parts,
        mut asked: Asked,
        held: Held,
    ) {
        asked.asked_before = true;
        let mut parts = parts.clone();
        // What offers the connection, which is taken.
        drop(Takeover::of(&mut parts));
        parts.extensions.remove::<OnUpgrade>();
        server::detach(&mut parts);
        let repeat = Self { app: Arc::clone(app), parts, asked };
        let (hold, again) = (Box::new(held), Some(Box::new(Arc::new(repeat)) as Box<dyn Again>));
        holding.hold(Polling { hold, differs: Differs::Query("cursor"), again });
    }

    async fn from(&self, positions: &Positions) -> Option<Box<dyn Hold>> {
        let Self { app, parts, asked } = self;
        // Whatever is wrong is said in the way that all requests have.
        let following = asked.follow(app, parts, positions).await.ok()?;
        let waits = asked.waits(&following);
        waits.then(|| Box::new(asked.hold(app, following, positions)) as Box<dyn Hold>)
    }
}

impl Again for Arc<Repeat> {
    fn again(&self, cursor: &[u8]) -> Asking {
        let (repeat, positions) = (Self::clone(self), Positions::of(cursor));
        let id = random::id();
        let span = span(&id, &self.parts.method, self.parts.uri.path());
        let asking = async move {
            let hold = match positions.is_empty() {
                true => None,
                false => repeat.from(&positions).await,
            };
            hold.map(|hold| server::Held { id, hold })
        };
        Box::pin(asking.instrument(span))
    }
}
