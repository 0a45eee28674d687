use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    pub fn stop(&self) {}
}

fn main() {}
