//! A caller on its way into channels: what it may follow, and where it goes on.

use std::cell::LazyCell;
use std::sync::Arc;

use http::request::Parts;
use http::{Request, StatusCode};

use super::admit::admit;
use super::service::Inner;
use crate::auth::User;
use crate::call::{Call, Values};
use crate::channel::{AskAgain, From, Line, Named, Node, Positions, Verdict, Who, hub};
use crate::error::Error;
use crate::log::Epoch;
use crate::query;
use crate::registry::Access;
use crate::stay::Stay;

/// A caller who was let in, with the request that it came with.
pub(super) struct Subscriber<'a> {
    pub(super) app: &'a Arc<Inner>,
    pub(super) parts: &'a Parts,
    pub(super) user: Option<User>,
    /// As whom its channels' other followers see it.
    pub(super) who: Who,
}

/// A channel that a caller may follow.
pub(super) struct Allowed {
    pub(super) named: Arc<Named>,
    /// `None` where the guard was not asked.
    answer: Option<Answer>,
}

/// What a guard has answered.
struct Answer {
    verdict: Verdict,
    /// How often access to channels of the type had been revoked when it was asked.
    revoked: u64,
}

impl Allowed {
    /// A public channel that its guard has let the caller into before: it looks at the name only.
    pub(super) fn as_before(named: Arc<Named>) -> Self {
        Self { named, answer: None }
    }
}

impl Subscriber<'_> {
    /// Asks a channel's guard.
    ///
    /// # Errors
    ///
    /// The guard's refusal.
    pub(super) async fn ask(&self, named: Arc<Named>) -> Result<Allowed, Error> {
        let revoked = hub().revoked(named.declaration);
        let mut answer = self.ask_once(&named, revoked).await?;
        let now = hub().revoked(named.declaration);
        if now != answer.revoked {
            // What the guard knew may no longer hold.
            answer = self.ask_once(&named, now).await?;
        }
        Ok(Allowed { named, answer: Some(answer) })
    }

    async fn ask_once(&self, named: &Named, revoked: u64) -> Result<Answer, Error> {
        let call = call(self.app, self.parts, &self.user, named);
        let verdict = named.declaration.ask(call).await?;
        Ok(Answer { verdict, revoked })
    }

    /// The channels, each from where the caller stopped, and whether it has a position in all of them. Positions in the
    /// logs that it follows already are not strange.
    pub(super) fn lines(
        &self,
        positions: &Positions,
        history: usize,
        allowed: Vec<Allowed>,
        followed: &[Epoch],
    ) -> (Vec<Line>, bool) {
        let node = |Allowed { named, .. }: &Allowed| hub().node(&named.name, named.declaration);
        let nodes: Vec<Arc<Node>> = allowed.iter().map(node).collect();
        let epochs = nodes.iter().map(|node| node.log.epoch());
        let strange = positions.has_other_than(&epochs.chain(followed.iter().copied()));
        let known =
            strange || nodes.iter().all(|node| positions.in_log(node.log.epoch()).is_some());
        // Of few channels a guard is asked again; all that are share one copy of the request.
        let parts = LazyCell::new(|| Arc::new(self.parts.clone()));
        let lines = allowed.into_iter().zip(nodes).map(|(allowed, node)| {
            let Allowed { named, answer } = allowed;
            let from = match positions.in_log(node.log.epoch()) {
                Some(offset) => From::After(offset),
                // A position that belongs to none of the channels may have been this one's, before it began anew.
                None if strange => From::Elsewhere,
                None if history > 0 => From::Last(history),
                None => From::Now,
            };
            let line = Line::new(node, &self.who, from);
            let Some(Answer { verdict, revoked }) = answer else { return line };
            let again = || ask_again(self.app, &parts, self.user.as_ref(), named);
            line.rechecked(verdict, revoked, again)
        });
        (lines.collect(), known)
    }
}

/// The call that a guard sees: the request with the channel's parameters as its path values.
fn call(app: &Inner, parts: &Parts, user: &Option<User>, named: &Named) -> Call {
    let (parts, query) = match named.declaration.access {
        // The guard of a public channel reads the name's parameters and nothing else.
        Access::Public => (Request::new(()).into_parts().0, Vec::new()),
        Access::User => (parts.clone(), query::owned(parts.uri.query().unwrap_or_default())),
    };
    let values = Values { path: named.values.clone(), query };
    let (user, states) = (user.clone(), app.states.clone());
    Call::bare(parts, values, user, states, Stay::default())
}

/// Asks a guard once more, from the caller's credentials on: they may have run out as well.
fn ask_again(
    app: &Arc<Inner>,
    parts: &Arc<Parts>,
    user: Option<&User>,
    named: Arc<Named>,
) -> AskAgain {
    let (app, parts) = (Arc::clone(app), Arc::clone(parts));
    let known = user.map(|user| user.id().to_owned());
    Box::new(move || {
        let (app, parts, named, known) =
            (Arc::clone(&app), Arc::clone(&parts), Arc::clone(&named), known.clone());
        Box::pin(async move {
            let closed = named.declaration.access == Access::User;
            let user = admit(&app, &parts, closed).await?;
            if user.as_ref().map(|user| user.id().to_owned()) != known {
                return Err(Error::new(StatusCode::UNAUTHORIZED, "somebody else is signed in now"));
            }
            named.declaration.ask(call(&app, &parts, &user, &named)).await
        })
    })
}
