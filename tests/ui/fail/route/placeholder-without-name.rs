use comet::comet;

#[comet("/tasks/{}")]
async fn show(id: u64) {
    drop(id);
}

fn main() {}
