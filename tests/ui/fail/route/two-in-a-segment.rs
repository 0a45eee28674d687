use comet::comet;

#[comet("/tasks/{from}{to}")]
async fn show(from: u64, to: u64) {
    drop((from, to));
}

fn main() {}
