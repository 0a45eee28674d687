use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    #[cfg_attr(unix, comet("/jobs"))]
    pub async fn list(&self) {}
}

fn main() {}
