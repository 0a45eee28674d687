#![allow(unused_variables)]

use comet::comet;

#[comet]
async fn show(id: impl Into<u64>) {}

fn main() {}
