use comet::comet;

const OTHER: &str = "/todo";

#[comet("/tasks", alias = OTHER)]
async fn list() {
    drop(OTHER);
}

fn main() {}
