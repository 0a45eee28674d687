#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks/{id}")]
async fn show(id: u64, id: u64) {}

fn main() {}
