#![allow(unused_variables)]

use comet::comet;

struct Jobs;

#[comet(prefix = "/jobs/{id}")]
impl Jobs {
    pub async fn show(&self, id: u64) {}
}

fn main() {}
