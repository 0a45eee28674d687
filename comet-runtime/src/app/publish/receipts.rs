//! Publishing once however often it is asked for
//! (<https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/>).

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::{HeaderMap, HeaderName, StatusCode};
use tokio::time::Instant;

use crate::error::Error;

const HEADER: HeaderName = HeaderName::from_static("idempotency-key");

/// The longest key, in bytes.
const LONGEST: usize = 255;

/// How long a key is known.
const LIFETIME: Duration = Duration::from_secs(600);

/// How many keys are known at once: the newest.
const MOST: usize = 10_000;

/// How many offsets all of them may have together, so that full batches do not fill the memory.
const OFFSETS: usize = 1_000_000;

/// The replies to the newest requests that had a key.
#[derive(Debug, Default)]
pub(in crate::app) struct Receipts {
    book: Mutex<Book>,
    hashes: RandomState,
}

#[derive(Debug, Default)]
struct Book {
    by_key: HashMap<Box<str>, Receipt>,
    /// The keys by age, the oldest first.
    ages: VecDeque<(Instant, Box<str>)>,
    offsets: usize,
}

#[derive(Debug)]
struct Receipt {
    request: u64,
    offsets: Vec<u64>,
}

/// The key of a request, if it has one.
///
/// # Errors
///
/// 400 for one that is empty, too long or not of visible ASCII characters, and for several.
pub(super) fn key(headers: &HeaderMap) -> Result<Option<&str>, Error> {
    let mut values = headers.get_all(HEADER).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let plain = |key: &&str| (1..=LONGEST).contains(&key.len()) && values.next().is_none();
    value.to_str().ok().filter(plain).map(Some).ok_or_else(|| {
        let detail = format!(
            "a request has one Idempotency-Key, of 1 to {LONGEST} characters, all of visible ASCII"
        );
        Error::new(StatusCode::BAD_REQUEST, detail)
    })
}

impl Receipts {
    /// Publishes, unless it was done under that key; either way with the offsets that it had.
    ///
    /// # Errors
    ///
    /// 422 for a key that came with another request.
    pub(super) fn once(
        &self,
        key: &str,
        request: &[u8],
        publish: impl FnOnce() -> Vec<u64>,
    ) -> Result<Vec<u64>, Error> {
        let request = self.hashes.hash_one(request);
        // Held while publishing, so that of two requests at once the second one finds the receipt of the first.
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        book.forget();
        match book.by_key.get(key) {
            Some(receipt) if receipt.request == request => Ok(receipt.offsets.clone()),
            Some(_) => Err(Error::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "this Idempotency-Key came with another request; every request has a key of its own",
            )),
            None => {
                let offsets = publish();
                book.note(key, Receipt { request, offsets: offsets.clone() });
                Ok(offsets)
            }
        }
    }
}

impl Book {
    fn note(&mut self, key: &str, receipt: Receipt) {
        self.offsets += receipt.offsets.len();
        self.ages.push_back((Instant::now(), key.into()));
        self.by_key.insert(key.into(), receipt);
        while self.by_key.len() > MOST || self.offsets > OFFSETS {
            self.drop_oldest();
        }
    }

    /// Drops what is too old.
    fn forget(&mut self) {
        while self.ages.front().is_some_and(|(at, _)| at.elapsed() >= LIFETIME) {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        let oldest = self.ages.pop_front().and_then(|(_, key)| self.by_key.remove(&key));
        self.offsets -= oldest.map_or(0, |receipt| receipt.offsets.len());
    }
}
