use comet::comet;

#[comet("/tasks/{id}?{from}")]
async fn show(id: u64, from: Option<u32>) {
    let _ = (id, from);
}

fn main() {
    let _ = comet::url!(show, id = true);
}
