//! Words on a board that all visitors drag about at once.

use std::sync::{Mutex, PoisonError};

use comet::{Error, Json, Live, StatusCode, channel, comet};
use layout::Text;
use serde::Serialize;

/// Where a word is now. Of several moves a reader that is slow gets the last.
#[channel("words", history = 200, on_gap = reload, slow = conflate(by = id), public)]
#[derive(Clone, Debug, Serialize)]
pub struct Word {
    id: usize,
    text: Text<20>,
    /// In percent of the board.
    x: u8,
    y: u8,
    /// The page that moved it last, which has moved it itself already.
    by: Text<40>,
}

/// The board: at most forty words.
#[derive(Debug, Default)]
pub struct Words(Mutex<Vec<Word>>);

#[comet(public)]
impl Words {
    /// Every word, and where to follow what moves from then on.
    pub async fn all(&self) -> Json<(Live, Vec<Word>)> {
        let words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Json((Word::channel().live(), words.clone()))
    }

    /// Puts a new word on the board.
    pub async fn add(&self, text: Text<20>, by: Text<40>) -> comet::Result {
        self.change(|words| {
            let id = words.len();
            let (x, y) = ((id % 4 * 22 + 5) as u8, (id / 4 % 8 * 11 + 4) as u8);
            (id < 40).then(|| words.push(Word { id, text, x, y, by }))?;
            words.last()
        })
        .await
    }

    /// Moves a word.
    pub async fn drag(&self, id: usize, x: u8, y: u8, by: Text<40>) -> comet::Result {
        self.change(|words| {
            let word = words.get_mut(id)?;
            (word.x, word.y, word.by) = (x.min(100), y.min(100), by);
            Some(word)
        })
        .await
    }

    /// Changes the board and tells of it in one step, so that all boards come out alike.
    async fn change(
        &self,
        change: impl FnOnce(&mut Vec<Word>) -> Option<&Word> + Send,
    ) -> comet::Result {
        let refused = || Error::new(StatusCode::CONFLICT, "the board is full, or has no such word");
        let told = {
            let mut words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Word::channel().publish(change(&mut words).ok_or_else(refused)?)
        };
        told.await?;
        Ok(())
    }
}
