#![allow(unused_variables)]

use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    #[comet("/jobs/{id}")]
    pub async fn show(&self, id: u64) {}

    #[comet("/jobs/{job}", method = ANY)]
    pub async fn again(&self, job: u64) {}
}

fn main() {}
