use comet::comet;

#[comet("/tasks?{after}&{after}")]
async fn show(after: Option<u64>) {
    drop(after);
}

fn main() {}
