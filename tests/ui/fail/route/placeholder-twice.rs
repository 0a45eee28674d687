#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks/{id}?{id}")]
async fn show(id: u64) {}

fn main() {}
