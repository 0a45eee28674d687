#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks/{id}")]
async fn show(id: Option<u64>) {}

fn main() {}
