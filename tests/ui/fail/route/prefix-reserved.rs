use comet::comet;

struct Jobs;

#[comet(prefix = "/comet")]
impl Jobs {
    pub async fn list(&self) {}
}

fn main() {}
