#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks")]
async fn show((id, name): (u64, String)) {}

fn main() {}
