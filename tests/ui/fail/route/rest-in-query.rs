use comet::comet;

#[comet("/tasks?{*after}")]
async fn show(after: &str) {
    drop(after);
}

fn main() {}
