use comet::comet;

#[comet("/tasks/{name}")]
async fn show(name: &str) {
    tokio::spawn(async move { println!("{name}") });
}

fn main() {}
