#![allow(unused_variables)]

use comet::comet;

struct Jobs;

#[comet(prefix = "/jobs")]
impl Jobs {
    #[comet("/jobs/{id}")]
    pub async fn show(&self, id: u64) {}
}

fn main() {}
