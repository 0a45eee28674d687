use comet::comet;

#[comet("/tasks/%@")]
async fn show(name: &str) {
    drop(name);
}

fn main() {}
