#![allow(unused_variables)]

use comet::comet;

struct Money;

#[comet("/pay/{amount}")]
async fn pay(amount: Money) {}

fn main() {}
