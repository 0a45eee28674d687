use comet::comet;

#[comet("/files", method = POST, body_limit = "8MB")]
async fn files(body: String) {
    drop(body);
}

fn main() {}
