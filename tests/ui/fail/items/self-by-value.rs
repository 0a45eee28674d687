use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    pub async fn stop(self) {}
}

fn main() {}
