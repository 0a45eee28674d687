use comet::comet;

struct Jobs;

#[comet(prefix = "jobs")]
impl Jobs {
    pub async fn list(&self) {}
}

fn main() {}
