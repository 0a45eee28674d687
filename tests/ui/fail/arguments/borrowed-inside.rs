use comet::comet;

#[comet]
async fn show(name: Option<&str>) {
    drop(name);
}

fn main() {}
