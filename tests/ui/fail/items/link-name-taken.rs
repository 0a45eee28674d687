use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    #[comet("/jobs")]
    pub async fn list(&self) {}
}

impl Jobs {
    pub fn list_url() {}
}

fn main() {}
