#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks/x{id}")]
async fn show(id: u64) {}

fn main() {}
