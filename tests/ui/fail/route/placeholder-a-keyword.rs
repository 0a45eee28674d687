use comet::comet;

#[comet("/tasks/{self}")]
async fn show(id: u64) {
    drop(id);
}

fn main() {}
