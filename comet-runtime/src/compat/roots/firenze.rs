//! How handlers reach the sessions.

use std::sync::Arc;

use http::StatusCode;

use super::session::{MOST, Session, too_many};
use super::sessions::Sessions;
use super::update::Update;
use crate::call::Call;
use crate::error::{Error, Result};
use crate::extract::{Extract, need, provided};
use crate::registry::Signature;

/// The sessions of an app's [`Roots`](super::Roots), as an argument of its handlers: what Cornelius was to a view.
///
/// A client cannot connect itself to anything: it posts the paths that it wants to a handler of yours, which decides.
///
/// ```
/// use comet::compat::roots::{Firenze, Paths};
/// use comet::{User, comet};
///
/// #[comet("/connect/{uid}", method = POST)]
/// async fn connect(uid: &str, paths: Paths, user: User, firenze: Firenze) -> comet::Result {
///     let own = format!("inbox/{}", user.id());
///     firenze.connect(uid, paths.into_iter().filter(|path| *path == own)).await
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Firenze(pub(super) Arc<Sessions>);

impl Firenze {
    /// Lets the session with this id follow paths, from now on. Each is confirmed by an empty message on it.
    ///
    /// Every channel's `access` is asked as well, as the client that polls. A path that is refused keeps no other out.
    ///
    /// # Errors
    ///
    /// 404 when there is no such session (any more): its client begins anew by itself and asks again. Else the first
    /// refusal: 404 for a path that no channel has, 403 for one that begins with `::`, 429 for more than 64, or what
    /// the channel's `access` says.
    pub async fn connect<P>(&self, id: &str, paths: impl IntoIterator<Item = P>) -> Result
    where
        P: AsRef<str>,
    {
        let session = self.find(id)?;
        let mut paths = paths.into_iter().map(|path| path.as_ref().to_owned());
        let asked: Vec<String> = paths.by_ref().take(MOST).collect();
        // So that no list has `access` functions asked without end.
        let rest = paths.next().map_or(Ok(()), |_| Err(too_many()));
        drop(paths);
        let mut outcome = Ok(());
        for path in &asked {
            if let Err(error) = self.connect_one(&session, path).await {
                tracing::debug!(id, path, %error, "a path is refused");
                outcome = outcome.and(Err(error));
            }
        }
        outcome.and(rest)
    }

    async fn connect_one(&self, session: &Session, path: &str) -> Result {
        self.0.rules.filters.pass(&Update::Connect { id: &session.id, path })?;
        session.connect(session.ask(path).await?);
        Ok(())
    }

    /// Lets the session with this id follow paths no longer. The client is told on the path `::+::disconnect`. What it
    /// does not follow, and a session that is not there, change nothing.
    pub fn disconnect<P>(&self, id: &str, paths: impl IntoIterator<Item = P>)
    where
        P: AsRef<str>,
    {
        let Ok(session) = self.find(id) else { return };
        for path in paths {
            let path = path.as_ref();
            if self.0.rules.filters.pass(&Update::Disconnect { id, path }).is_ok() {
                session.disconnect(path);
            }
        }
    }

    fn find(&self, id: &str) -> Result<Arc<Session>> {
        self.0.find(id).ok_or_else(|| {
            Error::new(
                StatusCode::NOT_FOUND,
                "there is no such session any more; the next poll gets a new one",
            )
        })
    }
}

impl Extract for Firenze {
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        std::future::ready(provided::<Self>(call).map(|firenze| Self::clone(&firenze)))
    }

    fn describe(signature: &mut Signature) {
        signature.needs.push(need::<Self>("adapt"));
    }
}
