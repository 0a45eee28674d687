use comet::comet;

#[comet("/files/{*path}")]
async fn show(path: Vec<u8>) {
    drop(path);
}

fn main() {}
