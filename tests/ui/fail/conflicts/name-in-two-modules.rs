use comet::comet;

mod tasks {
    #[comet::comet("/tasks")]
    async fn list() {}
}

#[comet("/jobs")]
async fn list() {}

fn main() {}
