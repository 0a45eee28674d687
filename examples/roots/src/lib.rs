//! A page that was written for Roots: the list of the example `todos`, followed as Pomona's applications did.

mod page;

pub use page::LESSON;

use comet::comet;
use comet::compat::roots::{Firenze, Paths, Roots};

/// At the URL that Pomona polls unless it is told another.
pub fn mount() -> Roots {
    Roots::at("/comet")
}

/// What was the view of `connectUrl`: the page asks, the application decides.
#[comet("/roots/connect/{uid}", method = POST, public)]
async fn connect(uid: &str, paths: Paths, firenze: Firenze) -> comet::Result {
    let lists = paths.into_iter().filter(|path| path.starts_with("todos/"));
    firenze.connect(uid, lists).await
}

/// What was the view of `disconnectUrl`.
#[comet("/roots/disconnect/{uid}", method = POST, public)]
async fn disconnect(uid: &str, paths: Paths, firenze: Firenze) {
    firenze.disconnect(uid, paths);
}
