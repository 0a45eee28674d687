//! What pages of Roots connect by, and the application that publishes to them.

use comet::compat::roots::{Firenze, Paths, Roots};
use comet::{App, comet};

#[comet("/roots/connect/{uid}", method = POST, public)]
async fn roots_connect(uid: &str, paths: Paths, firenze: Firenze) -> comet::Result {
    firenze.connect(uid, paths).await
}

#[comet("/roots/disconnect/{uid}", method = POST, public)]
async fn roots_disconnect(uid: &str, paths: Paths, firenze: Firenze) {
    firenze.disconnect(uid, paths);
}

pub(crate) fn mounted(app: App) -> App {
    let roots = Roots::at("/comet").dudley("/dudley");
    match std::env::var_os("WIRE_PIECEMEAL") {
        None => app.adapt(roots),
        Some(_) => app.adapt(roots.piecemeal()),
    }
}
