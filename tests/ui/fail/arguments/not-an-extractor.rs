#![allow(unused_variables)]

use comet::comet;

struct Money;

#[comet]
async fn pay(amount: Money) {}

fn main() {}
