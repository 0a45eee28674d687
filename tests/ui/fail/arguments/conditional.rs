#![allow(unused_variables)]

use comet::comet;

#[comet]
async fn show(#[cfg(unix)] id: u64) {}

fn main() {}
