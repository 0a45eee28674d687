use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    fn list(&self) {}
}

const _: fn(&Jobs) = Jobs::list;

fn main() {}
