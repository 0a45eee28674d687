use comet::comet;

struct Jobs<T>(T);

#[comet]
impl<T> Jobs<T> {
    pub async fn list(&self) {}
}

fn main() {}
