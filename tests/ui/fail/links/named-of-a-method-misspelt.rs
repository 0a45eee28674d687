use comet::comet;

struct Jobs;

#[comet]
impl Jobs {
    #[comet("/jobs/{id}")]
    pub async fn done(&self, id: u64) {
        let _ = id;
    }
}

fn main() {
    let _ = comet::url!(Jobs::dome, id = 7);
}
