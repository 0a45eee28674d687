use comet::comet;

struct Jobs;

impl Jobs {
    #[comet]
    pub async fn list(&self) {}
}

fn main() {}
