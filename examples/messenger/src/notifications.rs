//! Notifications: a request waits until there is one, and what a page has shown it acknowledges.

use comet::{Json, State, User, channel, comet, longpoll};
use layout::{Slug, Text};
use serde::{Deserialize, Serialize};
use tokio_rusqlite::rusqlite::{self, Transaction};

use crate::people::{name, own};
use crate::{Readers, Writer};

/// Says that there is something new for somebody. What it is, the database knows.
#[channel("notified/{person}", person: Slug, access = own)]
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Notified;

/// Something to tell somebody.
#[derive(Debug, Serialize)]
pub(crate) struct Notification {
    id: i64,
    title: String,
    /// Stays until somebody has dismissed it.
    sticky: bool,
}

/// Answers once there is something to show: to a page that has just been opened, what nobody has
/// acknowledged; to one that says what it has `seen`, what came since. So every page shows everything,
/// and nothing twice.
#[longpoll("/notification?{seen}")]
async fn notification(
    seen: Option<i64>,
    user: User,
    database: State<Readers>,
) -> comet::Result<Json<Vec<Notification>>> {
    // Before the database is read, so that nothing falls between the two.
    let mut notified = Notified::channel(name(&user)?).subscribe();
    loop {
        let person = user.id().to_owned();
        let found = database.read(move |database| unseen(database, &person, seen)).await?;
        if !found.is_empty() {
            return Ok(Json(found));
        }
        notified.next().await?; // no connection to the database is held meanwhile
    }
}

/// What a page has shown, or its reader has dismissed: it does not come again.
#[comet]
async fn delivered(ids: Vec<i64>, user: User, database: State<Writer>) -> comet::Result {
    let person = user.id().to_owned();
    let acknowledged = database.write(move |database| {
        let own = "UPDATE notification SET delivered = TRUE WHERE id = ?1 AND person = ?2";
        let mut own = database.prepare_cached(own)?;
        ids.iter().try_for_each(|id| own.execute((id, &person)).map(drop))
    });
    Ok(acknowledged.await?)
}

/// Tells somebody something, whether they are there or not. A checkbox has a value, or is not sent.
#[comet]
async fn notify(
    to: Slug,
    title: Text<80>,
    sticky: Option<String>,
    database: State<Writer>,
) -> comet::Result {
    let (person, title) = (to.to_string(), title.to_string());
    database.write(move |database| insert(database, &person, &title, sticky.is_some())).await?;
    Notified::channel(to).publish(&Notified).await?;
    Ok(())
}

fn unseen(
    database: &Transaction<'_>,
    person: &str,
    seen: Option<i64>,
) -> rusqlite::Result<Vec<Notification>> {
    let query = "SELECT id, title, sticky FROM notification \
                 WHERE person = ?1 AND CASE WHEN ?2 IS NULL THEN NOT delivered ELSE id > ?2 END ORDER BY id LIMIT 100";
    let mut query = database.prepare_cached(query)?;
    let found = query.query_map((person, seen), |row| {
        Ok(Notification { id: row.get(0)?, title: row.get(1)?, sticky: row.get(2)? })
    })?;
    found.collect()
}

/// The newest hundred are kept for each person.
fn insert(
    database: &Transaction<'_>,
    person: &str,
    title: &str,
    sticky: bool,
) -> rusqlite::Result<()> {
    let new = "INSERT INTO notification (person, title, sticky) VALUES (?1, ?2, ?3)";
    database.execute(new, (person, title, sticky))?;
    let old = "DELETE FROM notification WHERE person = ?1 AND id <= \
               (SELECT id FROM notification WHERE person = ?1 ORDER BY id DESC LIMIT 1 OFFSET 100)";
    database.execute(old, (person,)).map(drop)
}
