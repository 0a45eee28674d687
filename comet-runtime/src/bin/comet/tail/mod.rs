//! Following channels, over as many connections as it takes.

mod connection;
mod headers;
mod lines;
mod signal;

use std::num::NonZeroU64;
use std::time::Duration;

use tokio::time::sleep;

use crate::arguments::Tail;
use crate::backoff::Backoff;
use crate::client::Server;
use crate::failure::Failure;
use crate::output::note;

/// How long a stream may be silent before it has announced its heartbeat.
const PATIENCE: Duration = Duration::from_secs(10);

/// Follows channels until they are closed or enough was seen; then says where to go on.
pub(crate) async fn run(server: &Server, wanted: &Tail) -> Result<(), Failure> {
    let mut following = Following::new(server, wanted)?;
    let ended = tokio::select! {
        ended = following.follow() => ended,
        number = signal::ended() => Err(Failure::signal(number)),
    };
    let quiet = ended.as_ref().is_err_and(Failure::is_quiet);
    if let Some(cursor) = following.cursor.filter(|_| !quiet) {
        note(&format!("go on with --cursor {cursor}"));
    }
    ended
}

struct Following<'a> {
    server: &'a Server,
    wanted: &'a Tail,
    headers: http::HeaderMap,
    /// After what was printed last.
    cursor: Option<String>,
    /// Events that are still wanted; `None` for all.
    left: Option<u64>,
    /// Whether a server has ever said `hello`: then a connection that fails is worth another.
    greeted: bool,
    /// The longest silence of a stream that is alive.
    patience: Duration,
}

/// How a connection has ended.
enum End {
    /// There is nothing more to come, or to be wanted.
    Over,
    /// The server goes away and says when to come back.
    Bye(Duration),
    Lost(String),
}

impl<'a> Following<'a> {
    fn new(server: &'a Server, wanted: &'a Tail) -> Result<Self, Failure> {
        let left = if wanted.once { Some(1) } else { wanted.number.map(NonZeroU64::get) };
        let headers = headers::read(&wanted.headers)?;
        let cursor = wanted.cursor.clone();
        Ok(Self { server, wanted, headers, cursor, left, greeted: false, patience: PATIENCE })
    }

    async fn follow(&mut self) -> Result<(), Failure> {
        let mut backoff = Backoff::default();
        loop {
            self.patience = PATIENCE;
            let pause = match self.connection(&mut backoff).await? {
                End::Over => return Ok(()),
                End::Bye(after) => {
                    note("the server goes away; coming back");
                    after
                }
                End::Lost(why) => {
                    note(&format!("{why}; coming back"));
                    backoff.pause()
                }
            };
            sleep(pause).await;
        }
    }
}
