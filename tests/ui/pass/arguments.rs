//! Every way to take an argument.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]

use std::fmt;
use std::str::FromStr;

use comet::test::TestApp;
use comet::{App, Cookies, Json, State, User, comet};
use tokio_stream::Stream;

/// A type for URLs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hex(u32);

impl FromStr for Hex {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u32::from_str_radix(text, 16).map(Hex)
    }
}

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0)
    }
}

comet::param!(Hex);

/// All that a URL can hold, owned and borrowed.
#[comet("/url/{text}/{number}/{hex}/{*rest}?{given}&{list}&{borrowed}&{pieces}", public)]
#[allow(clippy::too_many_arguments)]
async fn url(
    text: &str,
    number: &i8,
    mut hex: Hex,
    rest: String,
    given: bool,
    list: Vec<u8>,
    borrowed: Option<&str>,
    pieces: Vec<&str>,
) -> String {
    hex.0 += 1;
    format!("{text} {number} {hex} {rest} {given} {list:?} {borrowed:?} {pieces:?}")
}

/// What the caller sends, owned and borrowed, beside extractors.
#[comet(public)]
async fn sent<'a>(
    text: &'a str,
    numbers: &[u8],
    words: &mut Vec<String>,
    base: State<i32>,
    r#type: Option<char>,
    _: Cookies,
    _who: Option<User>,
) -> Json<(usize, i32)> {
    words.push(text.to_owned());
    let marked = r#type.map_or(0, |_| 100);
    Json((words.len() + numbers.len() + marked, *base))
}

/// Raw names in a route.
#[comet("/raw/{type}?{match}", public)]
async fn r#move(r#type: String, r#match: Option<u8>) -> String {
    format!("{type} {match:?}")
}

/// Values of a URL that are borrowed, and are no borrows of it.
#[comet("/kept/{number}?{pieces}", public)]
async fn kept(number: &mut i8, pieces: &Vec<&str>) -> String {
    *number += 1;
    format!("{number} {pieces:?}")
}

/// The same in a stream.
#[comet("/repeated/{times}/{text}", public)]
fn repeated(times: &usize, text: &str) -> impl Stream<Item = String> {
    tokio_stream::iter(vec![text.to_owned(); *times])
}

/// More than are taken in one go, and a reply that borrows from one.
#[comet(public)]
#[allow(clippy::too_many_arguments)]
async fn many<'a>(
    a: u8,
    b: u8,
    c: u8,
    d: u8,
    e: u8,
    f: u8,
    g: u8,
    base: State<i32>,
    last: &'a mut Vec<u8>,
    first: &str,
) -> Json<(String, &'a [u8])> {
    last.extend([a, b, c, d, e, f, g]);
    Json((format!("{first}{}", *base), last))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> comet::Result {
    let app = TestApp::new(App::from_linked().state(7_i32))?;
    let link = url::url("a/b", -1, Hex(254), "c d/e", true, vec![1, 2], Some("&"), vec!["x", ""]);
    let written = "/url/a%2Fb/-1/fe/c%20d/e?given=true&list=1&list=2&borrowed=%26&pieces=x&pieces=";
    assert_eq!(link.as_str(), written);
    let read = app.get(link.as_str()).await.text().await;
    assert_eq!(read, r#"a/b -1 ff c d/e true [1, 2] Some("&") ["x", ""]"#);

    let arguments = serde_json::json!(["x", [1, 2], ["y"], "z"]);
    assert_eq!(app.call("sent", &arguments).await.json().await, Some((104, 7)));

    assert_eq!(app.get("/kept/1?pieces=a").await.text().await, r#"2 ["a"]"#);
    let repeated = app.get("/repeated/2/x").await.text().await;
    // In quotes, as a cursor may have the letter.
    assert_eq!(repeated.matches(r#""x""#).count(), 2, "{repeated}");
    let arguments = serde_json::json!([1, 2, 3, 4, 5, 6, 7, [0], "x"]);
    let expected = ("x7".to_owned(), (0..8).collect::<Vec<u8>>());
    assert_eq!(app.call("many", &arguments).await.json().await, Some(expected));

    assert_eq!(r#move::url("t", Some(1)).as_str(), "/raw/t?match=1");
    assert_eq!(app.get(r#move::url("t", None).as_str()).await.text().await, "t None");
    assert_eq!(app.call("move", &[0; 0]).await.status, 400);
    assert_eq!(app.call("move", &["t"]).await.text().await, "t None");
    Ok(())
}
