//! What an app is given: the URL that clients poll, and how.

use std::time::Duration;

use super::bound::Mount;
use super::polling::Waits;
use super::sessions::{Rules, Sessions};
use super::update::{Filters, Update};
use crate::app::Adapter;
use crate::error::Error;

/// Roots in an app: what Pomona polls, and, if asked for, what Cornelius publishes to.
///
/// ```
/// use comet::compat::roots::Roots;
/// use comet::{App, channel};
/// use std::time::Duration;
///
/// #[channel("tasks", public)]
/// #[derive(serde::Serialize)]
/// struct Task { id: u64 }
///
/// let roots = Roots::at("/comet") // Pomona's own `prefix`
///     .dudley("/dudley")
///     .bundle(Duration::ZERO)
///     .filter(|update| {
///         tracing::info!(?update);
///         Ok(())
///     });
/// assert!(App::from_linked().adapt(roots).verify().is_ok());
/// ```
#[derive(Debug)]
#[must_use = "give it to `App::adapt`"]
pub struct Roots {
    url: String,
    dudley: Option<String>,
    piecemeal: bool,
    waits: Waits,
    rules: Rules,
}

impl Roots {
    /// At a URL below the app's mount. Clients poll the URL with a slash behind it, and what they are told from there;
    /// everything else at and below the URL goes on as without Roots. `/comet`, below which Comet has its own, is as
    /// good as any other: Pomona's `prefix` can stay as it is.
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            dudley: None,
            piecemeal: false,
            waits: Waits { hold: Duration::from_secs(30), bundle: Duration::from_millis(250) },
            rules: Rules {
                server: "COMET".to_owned(),
                most: 10_000,
                expiry: Duration::from_secs(30),
                filters: Filters::default(),
            },
        }
    }

    /// Lets other processes publish by a `POST` to a URL, and connect and disconnect sessions: what Dudley was. Cornelius
    /// posts to `/`.
    ///
    /// Programs of this machine may, and whoever shows the setting `publish_secret` as `Authorization: Bearer …`; no
    /// browser, nobody through a proxy. A batch lands whole or not at all, and what keeps it out is the reply.
    pub fn dudley(mut self, url: impl Into<String>) -> Self {
        self.dudley = Some(url.into());
        self
    }

    /// Has Dudley do with batches what it did: entries without a path or a message are skipped, the first one that
    /// fails keeps out those behind it and not those before it, and the reply is `{error:true}`, with a status of 200.
    pub fn piecemeal(mut self) -> Self {
        self.piecemeal = true;
        self
    }

    /// How long a poll is held for which there is nothing; 30 s unless it is given.
    pub fn hold(mut self, time: Duration) -> Self {
        self.waits.hold = time;
        self
    }

    /// How long a poll that has something waits for more, 250 ms unless it is given; with nothing each update is a reply
    /// of its own.
    pub fn bundle(mut self, time: Duration) -> Self {
        self.waits.bundle = time;
        self
    }

    /// How long a session outlives its last poll; 30 s unless it is given. Pomona waits for 5 s between two.
    pub fn expiry(mut self, time: Duration) -> Self {
        self.rules.expiry = time;
        self
    }

    /// How many sessions there may be; 10,000 unless it is given. Where there are as many, a new one takes the place of
    /// one that follows nothing, and is refused, with 503, where there is none.
    pub fn max_sessions(mut self, most: usize) -> Self {
        self.rules.most = most;
        self
    }

    /// How ids of sessions begin; `COMET` unless it is given, `DOLORES-SERVER` with Roots.
    pub fn server(mut self, name: impl Into<String>) -> Self {
        self.rules.server = name.into();
        self
    }

    /// Shows an update to a function before it happens; an error keeps it out. Filters are asked in the order that they
    /// were given, up to the first that refuses.
    ///
    /// What the program itself publishes on a channel is no update of somebody else's and passes no filter.
    pub fn filter(
        mut self,
        filter: impl Fn(&Update<'_>) -> Result<(), Error> + Send + Sync + 'static,
    ) -> Self {
        self.rules.filters.add(filter);
        self
    }
}

impl From<Roots> for Adapter {
    fn from(roots: Roots) -> Self {
        let Roots { url, dudley, piecemeal, waits, rules } = roots;
        Self::new(Mount::new(url, dudley, piecemeal, waits, Sessions::new(rules)))
    }
}
