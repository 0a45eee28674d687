mod jobs {
    #[comet::comet("/jobs")]
    async fn list() {}
}

fn main() {
    jobs::list::url();
}
