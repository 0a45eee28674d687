#![allow(unused_variables)]

use comet::comet;

#[comet("/files/{*file}")]
async fn show(path: &str) {}

fn main() {}
