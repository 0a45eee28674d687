use comet::comet;

#[comet("/tasks/{id}/of/{id}")]
async fn show(id: u64) {
    drop(id);
}

fn main() {}
