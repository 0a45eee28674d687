#![allow(unused_variables)]

use comet::comet;

#[comet]
async fn list<T>(filter: T) {}

fn main() {}
