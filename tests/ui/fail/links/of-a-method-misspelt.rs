use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    #[comet("/jobs")]
    pub async fn list(&self) {}
}

fn main() {
    Jobs::lists_url();
}
