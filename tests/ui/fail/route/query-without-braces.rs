#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks?after")]
async fn list(after: u64) {}

fn main() {}
