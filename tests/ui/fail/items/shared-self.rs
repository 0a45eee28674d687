use comet::comet;

use std::sync::Arc;

struct Jobs;

#[comet]
impl Jobs {
    pub async fn stop(self: Arc<Self>) {}
}

fn main() {}
