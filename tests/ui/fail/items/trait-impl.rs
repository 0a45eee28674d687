use comet::comet;

struct Jobs;

#[comet]
impl Drop for Jobs {
    fn drop(&mut self) {}
}

fn main() {}
