use comet::comet;

mod jobs {
    #[comet::comet("/jobs/{id}", method = ANY, public)]
    pub async fn job(id: u64) {
        drop(id);
    }
}

#[comet("/jobs/{job}", public)]
async fn show(job: u64) {
    drop(job);
}

comet::assert_routes![jobs::job, show];

fn main() {}
