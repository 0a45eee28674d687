//! Notices what another process has put into the database.

use std::time::Duration;

use comet::Param;
use layout::Slug;
use tokio::time::{MissedTickBehavior, interval};
use tokio_rusqlite::rusqlite::{self, Transaction};

use crate::Readers;
use crate::notifications::Notified;

/// A background service: wakes those who wait for what an app server beside this one has written, and first of all, when
/// the program starts, those for whom there is something from before. It goes on for as long as the program does.
///
/// # Errors
///
/// The database cannot be read.
pub async fn watch(database: Readers) -> comet::Result {
    let mut newest = 0;
    let mut often = interval(Duration::from_millis(250));
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        often.tick().await;
        let (latest, people) = database.read(move |database| since(database, newest)).await?;
        newest = latest;
        for person in people.iter().filter_map(|person| Slug::read(person).ok()) {
            Notified::channel(person).publish(&Notified).await?;
        }
    }
}

/// The newest notification, and for whom there are undelivered ones behind this one.
fn since(database: &Transaction<'_>, newest: i64) -> rusqlite::Result<(i64, Vec<String>)> {
    let latest = "SELECT ifnull(max(id), 0) FROM notification";
    let latest = database.query_row(latest, (), |row| row.get(0))?;
    let people = "SELECT DISTINCT person FROM notification WHERE id > ?1 AND NOT delivered";
    let mut people = database.prepare_cached(people)?;
    let people = people.query_map((newest,), |row| row.get(0))?;
    Ok((latest, people.collect::<Result<_, _>>()?))
}
