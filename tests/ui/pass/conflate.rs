//! Channels whose slow readers get the newest event of each key.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]

use std::time::Duration;

use comet::{Channel, Slow, channel};

/// A price.
#[channel("quotes/{market}", market: String, public, slow = conflate(by = symbol))]
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Quote {
    symbol: String,
    price: f64,
}

/// What happens to a list: all that is done to one entry is told by its last state.
#[channel("todos/{list}", list: u64, history = 16, on_gap = snapshot, public, slow = conflate(by = r#type))]
#[derive(Debug, serde::Serialize)]
pub enum Event {
    /// It has a text.
    Saved {
        /// What it is about.
        r#type: Kind,
        /// What it says.
        text: &'static str,
    },
    /// It is gone.
    Deleted {
        /// What it was about.
        r#type: Kind,
    },
    /// Without the field: never superseded.
    Swept(u64),
    /// Not there at all.
    #[cfg(any())]
    Never {
        /// What it would be about.
        r#type: Kind,
    },
}

/// A key of one's own.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
#[allow(missing_docs)]
pub enum Kind {
    Work,
    Home,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> comet::Result {
    let Slow::Conflate { by, variants } = Quote::DECLARATION.slow else { panic!("no key") };
    assert_eq!((by, variants.len()), ("symbol", 0));
    let Slow::Conflate { by, variants } = Event::DECLARATION.slow else { panic!("no key") };
    assert_eq!((by, variants), ("type", &["Saved", "Deleted"][..]));
    assert_eq!(Event::Deleted { r#type: Kind::Work }.key()?, Some(br#""Work""#.to_vec()));
    assert_eq!(Event::Saved { r#type: Kind::Home, text: "" }.key()?, Some(br#""Home""#.to_vec()));
    assert_eq!(Event::Swept(1).key()?, None);

    let quotes = Quote::channel("x");
    let mut reader = quotes.subscribe();
    for (symbol, price) in [("a", 1.0), ("b", 2.0), ("a", 3.0)] {
        quotes.publish(&Quote { symbol: symbol.to_owned(), price }).await?;
    }
    for price in [2.0, 3.0] {
        let quote = reader.next().await?;
        assert_eq!((quote.value()?.price, quote.missed), (price, false));
    }
    assert!(tokio::time::timeout(Duration::from_millis(1), reader.next()).await.is_err());
    Ok(())
}
