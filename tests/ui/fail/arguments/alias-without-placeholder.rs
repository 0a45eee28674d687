#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks/{id}", alias = "/task")]
async fn show(id: u64) {}

fn main() {}
