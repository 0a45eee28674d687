//! The session that a request names.

use std::fmt;

use http::request::Parts;

use crate::call::Call;
use crate::error::Error;
use crate::extract::{Cookies, Extract};
use crate::query;

/// The session that a request names: the cookie `sid`, and in its query the `session_id` of an entry in it.
///
/// For the app's [authenticator](crate::Authenticator), which knows whose it is; neither of the two proves anything before
/// that. As an argument of a handler it is `Option<Session>`.
///
/// ```
/// use comet::User;
/// use comet::compat::openerp::Session;
///
/// fn user(parts: &http::request::Parts) -> Option<User> {
///     let session = Session::of(parts)?;
///     (session.sid() == "9f31" && session.session_id() == Some("4b1c")).then(|| User::new("ann"))
/// }
///
/// let request = http::Request::get("/openerplongpolling/news?session_id=4b1c&data=%7B%7D&_=1375884902386");
/// let (parts, ()) = request.header("cookie", "sid=9f31").body(()).unwrap().into_parts();
/// assert_eq!(user(&parts).unwrap().id(), "ann");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    sid: String,
    session_id: Option<String>,
}

impl Session {
    /// That of a request, if it has the cookie.
    #[must_use]
    pub fn of(parts: &Parts) -> Option<Self> {
        let sid = Cookies::of(parts).get("sid")?.to_owned();
        let mut query = query::pairs(parts.uri.query().unwrap_or_default());
        let session_id = query.find(|(name, _)| name == "session_id");
        Some(Self { sid, session_id: session_id.map(|(_, id)| id.into_owned()) })
    }

    /// The cookie.
    #[must_use]
    pub fn sid(&self) -> &str {
        &self.sid
    }

    /// The entry's id. The module's client always sends one; a page's own calls have none.
    #[must_use]
    pub fn session_id(&self) -> Option<&str> {
        self.session_id.as_deref()
    }
}

/// Without the ids: whoever has them is the user.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Extract for Option<Session> {
    async fn extract(call: &Call) -> Result<Self, Error> {
        Ok(Session::of(&call.parts))
    }
}
