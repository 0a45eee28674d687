use comet::comet;

struct Jobs<'a>(&'a str);

#[comet]
impl Jobs<'_> {
    pub async fn list(&self) {}
}

fn main() {}
