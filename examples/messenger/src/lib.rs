//! Notifications that are acknowledged, and messages between people who are there or not, over one database: what OpenERP's
//! `web_longpolling` was written for.

mod messages;
mod notifications;
mod page;
mod people;
mod readers;
mod watch;
mod writer;

pub use page::{MESSENGER, NOTIFICATIONS};
pub use people::Sessions;
pub use readers::{ReadError, Readers};
pub use watch::watch;
pub use writer::Writer;

use comet::App;
use comet::compat::openerp::LongPolling;

/// The database, by the ways that there are to it.
#[derive(Clone, Debug)]
pub struct Database {
    /// For handlers that wait.
    pub readers: Readers,
    /// For handlers that change something.
    pub writer: Writer,
}

impl Database {
    /// Opens the file, or makes it; `:memory:` is one that is gone with the program. At most `most` handlers read at once.
    ///
    /// # Errors
    ///
    /// SQLite cannot open the file, or it is no database.
    pub async fn open(file: &str, most: usize) -> Result<Self, ReadError> {
        let url = readers::url(file);
        let writer = Writer::open(&url).await?;
        Ok(Self { readers: Readers::open(&url, most).await?, writer })
    }

    /// The file that the variable `MESSENGER_DB` names, and one in the directory for temporary files without it.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub async fn from_env() -> Result<Self, ReadError> {
        let file = std::env::var("MESSENGER_DB").unwrap_or_else(|_| {
            std::env::temp_dir().join("comet-messenger.sqlite").display().to_string()
        });
        Self::open(&file, 2).await
    }
}

/// Gives an app what the handlers here ask for, and lets the script of web_longpolling poll those that wait.
pub fn serve(app: App, database: Database) -> App {
    let Database { readers, writer } = database;
    app.authenticate(Sessions::new(readers.clone()))
        .state(readers)
        .state(writer)
        .adapt(LongPolling::new())
}
