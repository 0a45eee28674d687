#![allow(unused_variables)]

use comet::{Page, comet};

struct Money;

#[comet("/pay/{to}/{amount}")]
async fn pay(to: &str, amount: Money, note: String, page: &mut Page) {}

fn main() {}
