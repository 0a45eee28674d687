#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks/{name}")]
async fn show(name: &'static str) {}

fn main() {}
