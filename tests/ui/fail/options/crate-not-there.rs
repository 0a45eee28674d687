#[comet::comet("/tasks/{id}", public, crate = nowhere)]
async fn task(id: u64, title: String) {
    drop((id, title));
}


fn main() {
    let _ = task::url(7);
}
