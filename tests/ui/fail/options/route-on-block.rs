use comet::comet;

struct Jobs;

#[comet("/jobs")]
impl Jobs {
    pub async fn list(&self) {}
}

fn main() {}
