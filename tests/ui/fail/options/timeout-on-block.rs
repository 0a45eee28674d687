use comet::comet;

struct Jobs;

#[comet(resume = "30s")]
impl Jobs {
    pub async fn list(&self) {}
}

fn main() {}
