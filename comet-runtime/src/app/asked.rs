//! Channels that a caller has asked for, up to what is decided anew whenever it asks.

use std::collections::HashSet;
use std::sync::Arc;

use http::StatusCode;
use http::request::Parts;

use super::admit::admit;
use super::poll::{Held, Waits};
use super::polls::Caller;
use super::service::Inner;
use super::subscriber::{Allowed, Subscriber};
use super::wanted::Wanted;
use crate::auth::{User, check_origin};
use crate::channel::{Follow, Named, Positions, Who};
use crate::error::Error;
use crate::registry::Access;
use crate::transport::Transport;

/// A page of any site can read what a script gets, with its visitor's cookies.
const NOT_BY_SCRIPT: &str =
    "JSONP is for public channels only; follow this one by another transport";

/// A request for channels.
pub(super) struct Asked {
    pub(super) wanted: Wanted,
    pub(super) transport: Transport,
    /// Whether a `<script>` asks.
    by_script: bool,
    /// The channels, each once.
    named: Vec<Arc<Named>>,
    /// Whether one of them is not for everybody.
    closed: bool,
    /// Whether a caller was let in before, so that the names of public channels are known to be good.
    pub(super) asked_before: bool,
}

/// A caller that was let in.
pub(super) struct Following {
    pub(super) follow: Follow,
    user: Option<User>,
    /// Whether the caller had a position in every channel.
    pub(super) known: bool,
}

impl Asked {
    /// Finds the channels.
    ///
    /// # Errors
    ///
    /// Of the first that there is not.
    pub(super) fn find(
        app: &Inner,
        mut wanted: Wanted,
        transport: Transport,
        by_script: bool,
    ) -> Result<Self, Error> {
        let names = std::mem::take(&mut wanted.channels);
        let named = names.iter().map(|name| app.directory.find(name).map(Arc::new));
        let mut named = named.collect::<Result<Vec<_>, _>>()?;
        if named.len() > 1 {
            let mut seen = HashSet::new();
            named.retain(|named| seen.insert(named.name.clone()));
        }
        let closed = named.iter().any(|named| named.declaration.access == Access::User);
        Ok(Self { wanted, transport, by_script, named, closed, asked_before: false })
    }

    /// Lets the caller in, to follow each channel from where it stopped.
    ///
    /// # Errors
    ///
    /// The refusal of whoever decides.
    pub(super) async fn follow(
        &self,
        app: &Arc<Inner>,
        parts: &Parts,
        positions: &Positions,
    ) -> Result<Following, Error> {
        let user = self.admit(app, parts).await?;
        let client = self.wanted.polling.client.as_deref();
        let passes = self.transport == Transport::Json;
        let who = Who::asking(user.as_ref().map(User::id), client, passes);
        let subscriber = Subscriber { app, parts, user, who };
        let mut allowed = Vec::with_capacity(self.named.len());
        for named in &self.named {
            let named = Arc::clone(named);
            let public = self.asked_before && named.declaration.access == Access::Public;
            allowed.push(match public {
                true => Allowed::as_before(named),
                false => subscriber.ask(named).await?,
            });
        }
        let history = self.history(&allowed);
        let (lines, known) = subscriber.lines(positions, history, allowed, &[]);
        let Subscriber { user, .. } = subscriber;
        let follow = Follow::new(lines).by(user.as_ref().map(User::id));
        Ok(Following { follow, user, known })
    }

    async fn admit(&self, app: &Inner, parts: &Parts) -> Result<Option<User>, Error> {
        if self.by_script {
            // Whoever's cookies the script comes with, it is a stranger.
            return match self.closed {
                true => Err(Error::new(StatusCode::FORBIDDEN, NOT_BY_SCRIPT)),
                false => Ok(None),
            };
        }
        // A page of another site shows nobody as there, whatever cookies its visitor has.
        if self.named.iter().any(|named| named.declaration.presence.is_some()) {
            check_origin(parts, &app.config.origins)?;
        }
        admit(app, parts, self.closed).await
    }

    /// How many of the newest entries a caller without a position begins with. Where there is nothing but images, one is
    /// shown at once.
    fn history(&self, allowed: &[Allowed]) -> usize {
        match (self.transport, allowed) {
            (Transport::Multipart, [Allowed { named, .. }])
                if named.declaration.media.is_some() =>
            {
                1
            }
            _ => self.wanted.history,
        }
    }

    /// Whether a poll is held until there is something for it.
    pub(super) fn waits(&self, following: &Following) -> bool {
        following.known && !self.wanted.present
    }

    /// A poll that is held.
    pub(super) fn hold(&self, app: &Inner, following: Following, positions: &Positions) -> Held {
        let Following { follow, user, .. } = following;
        let caller = self.wanted.polling.client.clone().map(|client| Caller {
            client,
            user: user.map(|user| user.id().to_owned()),
            cursor: positions.to_string(),
        });
        let place = caller.map(|caller| app.polls.take(caller));
        let (hold, bundle) = self.wanted.polling.granted(&app.config);
        let heartbeat = app.config.heartbeat;
        let waits = Waits { hold, bundle, freely: self.is_free(app), heartbeat };
        Held::new(follow, waits, place)
    }

    /// Whether nothing but the request itself says who asks, and nobody but its channels' names what it may follow: then
    /// the same request is let in again.
    fn is_free(&self, app: &Inner) -> bool {
        let public = |named: &Arc<Named>| named.declaration.access == Access::Public;
        app.authenticator.is_none() && self.named.iter().all(public)
    }
}
