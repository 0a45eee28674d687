use comet::comet;

struct Jobs;

#[comet(prefix = "/")]
impl Jobs {
    pub async fn list(&self) {}
}

fn main() {}
