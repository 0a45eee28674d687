#![deny(unused_must_use)]

use comet::{Page, comet};

#[comet("/count")]
async fn count(page: &mut Page) {
    page.text("#n", 1).flush();
}

fn main() {}
