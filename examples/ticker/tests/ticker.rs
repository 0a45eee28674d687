//! Quotes and ticks as a program reads them.
#![allow(clippy::unwrap_used)]

use comet::App;
use comet::test::TestApp;
use ticker::Symbol;

fn app() -> TestApp {
    TestApp::new(App::from_linked()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn quotes_begin_in_the_past_and_none_is_left_out() {
    let mut quotes = app().get(ticker::ticker::url(Symbol::Moon, Some(0)).to_string()).await;
    assert_eq!(quotes.next().await.unwrap().event, "hello");
    let first = quotes.next().await.unwrap().data["number"].as_u64().unwrap();
    for number in first + 1..first + 130 {
        let quote = quotes.next().await.unwrap();
        assert_eq!(quote.data["number"], number);
        assert!((50.0..70.0).contains(&quote.data["price"].as_f64().unwrap()));
    }
}

#[tokio::test(start_paused = true)]
async fn a_quote_asked_for_again_is_the_same() {
    let mut quotes = app().get("/ticker/COMET").await;
    quotes.next().await.unwrap();
    let quote = quotes.next().await.unwrap().data;
    let number = quote["number"].as_u64();
    let mut again = app().get(ticker::ticker::url(Symbol::Comet, number).to_string()).await;
    again.next().await.unwrap();
    assert_eq!(again.next().await.unwrap().data, quote);
}

#[tokio::test]
async fn an_unknown_symbol_is_refused_with_those_there_are() {
    let mut refused = app().get("/ticker/SIJAX").await;
    assert_eq!(refused.status, 400);
    assert!(refused.text().await.contains("COMET, MOON and METEOR"));
}

#[tokio::test(start_paused = true)]
async fn the_clock_counts_from_zero() {
    let mut ticks = app().get("/clock").await;
    assert_eq!(ticks.next().await.unwrap().event, "hello");
    for seconds in 0..3 {
        assert_eq!(ticks.next().await.unwrap().data["seconds"], seconds);
    }
}
