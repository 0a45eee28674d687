#![allow(unused_variables)]

use comet::comet;

#[comet("/files/{*path}/info")]
async fn info(path: &str) {}

fn main() {}
