use comet::comet;

#[comet("/files/*path")]
async fn show(path: &str) {
    drop(path);
}

fn main() {}
