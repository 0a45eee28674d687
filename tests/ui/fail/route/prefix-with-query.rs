use comet::comet;

struct Jobs;

#[comet(prefix = "/jobs?{page}")]
impl Jobs {
    pub async fn list(&self) {}
}

fn main() {}
