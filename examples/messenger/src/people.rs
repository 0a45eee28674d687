//! Who somebody is, for as long as a demonstration needs it: a name, and the cookie that stands for it.

use comet::compat::openerp::Session;
use comet::{Authenticator, Error, Param, State, StatusCode, User, comet};
use http::header::SET_COOKIE;
use http::request::Parts;
use layout::{Response, Slug};
use tokio_rusqlite::rusqlite::OptionalExtension;

use crate::{Readers, Writer};

/// As many sessions as there may be: the oldest go first.
const MOST: i64 = 1_000;

/// Knows people by the cookie `sid`. A poll of web_longpolling has a `session_id` besides, which must be the session's.
#[derive(Debug)]
pub struct Sessions(Readers);

impl Sessions {
    /// Those in the database.
    pub fn new(readers: Readers) -> Self {
        Self(readers)
    }
}

impl Authenticator for Sessions {
    async fn authenticate(&self, parts: &Parts) -> Result<Option<User>, Error> {
        let Some(session) = Session::of(parts) else { return Ok(None) };
        let found = self.0.read(move |database| {
            let query =
                "SELECT person FROM session WHERE sid = ?1 AND ifnull(?2, session_id) = session_id";
            let mut query = database.prepare_cached(query)?;
            query.query_row((session.sid(), session.session_id()), |row| row.get(0)).optional()
        });
        let person: Option<String> = found.await?;
        Ok(person.map(User::new))
    }
}

/// Who calls, by a name that fits into a URL.
pub(crate) fn name(user: &User) -> Result<Slug, Error> {
    Slug::read(user.id()).map_err(|_| Error::new(StatusCode::FORBIDDEN, "that is no name"))
}

/// Lets somebody follow what is their own.
pub(crate) async fn own(person: Slug, user: User) -> Result<(), Error> {
    match user.id() == person.to_string() {
        true => Ok(()),
        false => Err(Error::new(StatusCode::FORBIDDEN, "this is somebody else's")),
    }
}

/// Takes anybody's word for who they are. A real application asks for a password here.
#[comet(public)]
async fn enter(name: Slug, database: State<Writer>) -> comet::Result<Response> {
    let (sid, session_id, person) = (random()?, random()?, name.to_string());
    let cookie = format!("sid={sid}; Path=/; HttpOnly; SameSite=Lax");
    database
        .write(move |database| {
            let new = "INSERT INTO session (sid, session_id, person) VALUES (?1, ?2, ?3)";
            database.execute(new, (sid, session_id, person))?;
            let old = "DELETE FROM session WHERE rowid <= (SELECT max(rowid) FROM session) - ?1";
            database.execute(old, (MOST,))
        })
        .await?;
    with_cookie(&cookie)
}

/// Forgets the session.
#[comet(public)]
async fn leave(session: Option<Session>, database: State<Writer>) -> comet::Result<Response> {
    if let Some(session) = session {
        let sid = session.sid().to_owned();
        database
            .write(move |database| database.execute("DELETE FROM session WHERE sid = ?1", (sid,)))
            .await?;
    }
    with_cookie("sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

fn with_cookie(cookie: &str) -> comet::Result<Response> {
    let reply = http::Response::builder().status(StatusCode::NO_CONTENT);
    Ok(reply.header(SET_COOKIE, cookie).body(Default::default())?)
}

fn random() -> comet::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}
