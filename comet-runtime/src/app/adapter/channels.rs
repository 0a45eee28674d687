//! An app's channels, as an adapter sees them.

use std::fmt;
use std::sync::{Arc, Weak};

use http::StatusCode;
use http::request::Parts;
use serde_json::value::RawValue;

use super::Host;
use crate::app::admit::admit;
use crate::app::publish::{Event, admit_near};
use crate::app::service::Inner;
use crate::app::subscriber::Subscriber;
use crate::auth::User;
use crate::channel::{Line, Positions, Who};
use crate::error::Error;
use crate::registry::Access;
use crate::server::Drain;

impl Host<'_> {
    /// Lets a request in that publishes: from this machine, or with the secret.
    pub(crate) fn admit_publisher(self, parts: &Parts) -> Result<(), Error> {
        admit_near(self.app, parts)
    }

    /// The most that a publisher may send, in bytes.
    pub(crate) fn publish_limit(self) -> usize {
        self.app.config.publish_limit
    }

    /// An event for the channel of that name, checked.
    pub(crate) fn event(self, channel: &str, data: &RawValue) -> Result<Event, Error> {
        Event::check(channel, None, data, &self.app.directory)
    }

    /// The shutdown.
    pub(crate) fn drain(self) -> Drain {
        self.app.drain.clone()
    }

    /// The app between requests.
    pub(crate) fn home(self) -> Home {
        Home(Arc::downgrade(self.app))
    }
}

/// An app as an adapter keeps it between requests.
#[derive(Clone)]
pub(crate) struct Home(Weak<Inner>);

impl Home {
    /// The channel of that name from now on, for the client that has made a request and may follow it.
    ///
    /// # Errors
    ///
    /// There is no such channel, or the refusal of whoever decides.
    pub(crate) async fn follow(
        &self,
        parts: &Parts,
        client: &str,
        channel: &str,
    ) -> Result<Vec<Line>, Error> {
        let app = self.0.upgrade().ok_or_else(|| {
            Error::new(StatusCode::SERVICE_UNAVAILABLE, "the app is not there any more")
        })?;
        let named = app.directory.find(channel)?;
        let user = admit(&app, parts, named.declaration.access == Access::User).await?;
        let who = Who::asking(user.as_ref().map(User::id), Some(client), false);
        let subscriber = Subscriber { app: &app, parts, user, who };
        let allowed = subscriber.ask(Arc::new(named)).await?;
        Ok(subscriber.lines(&Positions::default(), 0, vec![allowed], &[]).0)
    }
}

impl fmt::Debug for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Home")
    }
}
