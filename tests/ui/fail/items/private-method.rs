use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    #[comet("/jobs")]
    async fn list(&self) {}
}

fn main() {}
