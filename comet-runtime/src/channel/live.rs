//! A channel on a page: where the browser goes on.

use std::fmt::{self, Display};

use serde::Serialize;

use crate::html::Html;
use crate::log::Cursor;

/// A channel from a position on, from [`Topic::live`](crate::Topic::live): what a page carries so that its browser goes
/// on where its data ends.
///
/// It is taken before the data is read. What is published after that comes to the browser, whether or not it is in the
/// data already, so the page's code has to take an event twice in its stride: putting a row with its id in its place
/// does, adding one to a counter does not.
///
/// As text it is the two attributes of the [browser client](https://docs.rs/comet-runtime), for a format string and for
/// askama; a page with several channels has an element for each.
///
/// ```
/// use comet::{Html, channel};
///
/// #[channel("scores/{game}", game: u64, public, group = "doc-live")]
/// #[derive(serde::Serialize)]
/// struct Score(u32);
///
/// # async fn score_of(game: u64) -> comet::Result<u32> { Ok(3) }
/// async fn page(game: u64) -> comet::Result<Html> {
///     let live = Score::channel(game).live(); // first the position,
///     let score = score_of(game).await?;      // then the data
///     Ok(Html::trusted(format!("<p {live}>{score}</p>")))
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> comet::Result {
/// let page = page(7).await?;
/// assert!(page.as_str().starts_with(r#"<p data-comet-channel="scores/7" data-comet-cursor=""#));
/// # Ok(())
/// # }
/// ```
///
/// maud takes attributes one by one: `p data-comet-channel=(live.channel()) data-comet-cursor=(live.cursor()) { … }`.
/// For a script of the page's own it is JSON as well, `{"channel":"scores/7","cursor":"…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Live {
    channel: Box<str>,
    #[serde(serialize_with = "text")]
    cursor: Cursor,
}

impl Live {
    pub(super) fn new(channel: &str, cursor: Cursor) -> Self {
        Self { channel: channel.into(), cursor }
    }

    /// The channel's name.
    #[must_use]
    pub fn channel(&self) -> &str {
        &self.channel
    }

    /// The position.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// The two attributes.
    #[must_use]
    pub fn attributes(&self) -> Html {
        Html::trusted(self.to_string())
    }
}

impl Display for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A name may have `'` and `&`; a cursor has letters, digits and `.` only.
        let (channel, cursor) = (Html::escape(&self.channel), self.cursor);
        write!(f, "data-comet-channel=\"{channel}\" data-comet-cursor=\"{cursor}\"")
    }
}

/// In a template that escapes it stands as it is.
#[cfg(feature = "askama")]
impl askama::filters::HtmlSafe for Live {}

fn text<S: serde::Serializer>(cursor: &Cursor, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(cursor)
}
