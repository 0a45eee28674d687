use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    #[comet]
    pub const LIMIT: u8 = 3;

    pub async fn list(&self) {}
}

fn main() {}
