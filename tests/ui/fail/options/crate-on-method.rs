use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    #[comet(crate = ::comet)]
    pub async fn list(&self) {}
}

fn main() {}
