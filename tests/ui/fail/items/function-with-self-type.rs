struct Jobs;

impl Jobs {
    #[comet::comet(public)]
    pub async fn take(jobs: Self) {
        drop(jobs);
    }
}

fn main() {}
