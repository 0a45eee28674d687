use comet::comet;

#[comet("/tasks/{id}")]
async fn show(id: u64) {
    drop(id);
}

fn main() {
    show::url(true);
}
