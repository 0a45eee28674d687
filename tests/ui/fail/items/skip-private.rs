use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    pub async fn list(&self) {}

    #[comet(skip)]
    fn count(&self) {}
}

fn main() {}
