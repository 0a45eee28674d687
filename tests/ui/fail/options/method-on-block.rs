use comet::comet;

struct Jobs;

#[comet(method = POST)]
impl Jobs {
    pub async fn list(&self) {}
}

fn main() {}
