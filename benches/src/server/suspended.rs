//! Handlers that suspend themselves, as streams and as polls.

use comet::{Delivered, Events, Expiration, Json, channel, comet, longpoll};
use serde::Serialize;

#[channel("suspended", public)]
#[derive(Serialize)]
struct Told(String);

#[comet("/reflect", public)]
async fn reflect(out: &mut Events<Delivered<Told>>) -> comet::Result {
    comet::suspend(out, Told::channel(), Expiration::Never).await?;
    Ok(())
}

#[longpoll("/next", public)]
async fn next() -> comet::Result<Json<Option<Delivered<Told>>>> {
    let mut next = None;
    comet::suspend(&mut next, Told::channel(), Expiration::Never).await?;
    Ok(Json(next))
}

/// How many wait now.
#[comet("/waiting", public)]
async fn waiting() -> Json<usize> {
    Json(Told::channel().handlers().len())
}

/// Tells everybody, and says how many that are.
#[comet("/tell/{text}", method = POST, public)]
async fn tell(text: String) -> comet::Result<Json<usize>> {
    Ok(Json(Told::channel().notify(&Told(text)).await?))
}
