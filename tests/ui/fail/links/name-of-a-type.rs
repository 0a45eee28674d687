#![allow(non_camel_case_types)]

use comet::comet;

struct news {}

#[comet("/news")]
async fn news() {}

fn main() {}
