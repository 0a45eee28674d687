use comet::comet;

struct Jobs;

#[comet(prefix = "/jobs", public)]
impl Jobs {
    #[comet("/{id}", method = POST)]
    pub async fn start(&self, id: u64) {
        drop(id);
    }

    #[comet("/{id}/log", method = POST)]
    pub async fn log(&self, id: u64) {
        drop(id);
    }
}

#[comet("/jobs/{name}/log", method = ANY, public)]
async fn text(name: String) {
    drop(name);
}

comet::assert_routes![Jobs, text];

fn main() {}
