use comet::comet;

trait Jobs {}

#[comet]
impl dyn Jobs {
    pub async fn list(&self) {}
}

fn main() {}
