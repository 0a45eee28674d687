use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    pub async fn list(&self) {}

    #[comet(name = "jobs_list")]
    pub async fn all(&self) {}
}

fn main() {}
