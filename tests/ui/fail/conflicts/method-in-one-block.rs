use comet::comet;

struct Jobs;

#[comet(prefix = "/jobs")]
impl Jobs {
    #[comet("/{id}")]
    pub async fn show(&self, id: u64) {
        drop(id);
    }

    #[comet("/{job}")]
    pub async fn look(&self, job: u64) {
        drop(job);
    }
}

fn main() {}
