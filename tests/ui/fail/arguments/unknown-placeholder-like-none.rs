#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks/{task}")]
async fn show(number: u64) {}

fn main() {}
