use comet::comet;

#[comet]
trait Jobs {
    fn list(&self);
}

fn main() {}
