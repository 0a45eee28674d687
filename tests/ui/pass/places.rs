//! Handlers wherever functions can be: in functions, out of macros, behind `cfg`.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]

use comet::test::TestApp;
use comet::{App, comet};

macro_rules! handler {
    ($name:ident, $route:literal, $ty:ty, |$argument:ident| $body:expr) => {
        #[comet($route, public)]
        async fn $name($argument: $ty) -> String {
            $body.to_string()
        }
    };
    ($route:expr, $name:ident) => {
        /// All of it but the name from here.
        #[comet($route, public)]
        async fn $name(id: u8, page: &mut comet::Page) -> String {
            page.text("#id", id);
            (id + 1).to_string()
        }
    };
}

handler!(all_given, "/given/{n}", u8, |n| n);
handler!("/made/{id}", all_made);

macro_rules! block {
    ($type:ident, $route:literal, $method:ident) => {
        /// Made.
        #[derive(Debug)]
        pub struct $type;

        #[comet(public)]
        impl $type {
            #[comet($route)]
            #[allow(missing_docs)]
            pub async fn $method(&self, id: u8) -> String {
                id.to_string()
            }
        }
    };
}

block!(Made, "/block/{id}", get);

#[cfg(any())]
#[comet("/made/{id}", public)]
async fn not_there(id: Nothing) {}

#[tokio::main(flavor = "current_thread")]
async fn main() -> comet::Result {
    /// Known in here only.
    #[derive(serde::Deserialize)]
    struct Local(u8);

    #[comet(public)]
    async fn inside(local: Local) -> String {
        local.0.to_string()
    }

    assert_eq!(inside::url().as_str(), "/comet/call/inside");
    assert_eq!(all_given::url(1).as_str(), "/given/1");
    assert_eq!(Made::get_url(1).as_str(), "/block/1");
    let app = TestApp::new(App::from_linked().with(Made))?;
    assert_eq!(app.call("inside", &[5]).await.text().await, "5");
    assert_eq!(app.get("/given/4").await.text().await, "4");
    let last = app.get(all_made::url(7).as_str()).await.last().await.expect("a message");
    assert_eq!(last.data, "8");
    assert_eq!(app.get("/block/9").await.text().await, "9");
    Ok(())
}
