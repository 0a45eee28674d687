#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks/{id:u64}")]
async fn show(id: u64) {}

fn main() {}
