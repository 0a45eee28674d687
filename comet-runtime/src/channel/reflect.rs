//! Suspended handlers that do nothing but hand on.

use super::{Channel, Delivered, Suspended, Then};
use crate::error::Result;
use crate::events::Events;

/// Streams every event as it was published.
///
/// ```
/// use comet::{Delivered, Events, Expiration, channel, comet};
///
/// #[channel("news", public)]
/// #[derive(serde::Serialize)]
/// struct News(String);
///
/// #[comet("/news", public, group = "doc-reflect")]
/// async fn news(out: &mut Events<Delivered<News>>) -> comet::Result {
///     comet::suspend(out, News::channel(), Expiration::Never).await?;
///     Ok(())
/// }
/// ```
impl<T: Channel> Suspended<T> for Events<Delivered<T>> {
    async fn on_event(&mut self, event: Delivered<T>) -> Result<Then> {
        self.send(&event).await?;
        Ok(Then::Wait)
    }
}

/// Takes the first event and resumes; `None` is left when something else has ended it.
///
/// ```
/// use comet::{Delivered, Expiration, Json, channel, longpoll};
///
/// #[channel("next", public)]
/// #[derive(serde::Serialize)]
/// struct News(String);
///
/// #[longpoll("/next", public, group = "doc-reflect-once")]
/// async fn next() -> comet::Result<Json<Option<Delivered<News>>>> {
///     let mut first = None;
///     comet::suspend(&mut first, News::channel(), Expiration::Never).await?;
///     Ok(Json(first))
/// }
/// ```
impl<T: Channel> Suspended<T> for Option<Delivered<T>> {
    async fn on_event(&mut self, event: Delivered<T>) -> Result<Then> {
        *self = Some(event);
        Ok(Then::Resume)
    }
}
