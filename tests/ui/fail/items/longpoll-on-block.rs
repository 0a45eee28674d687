use comet::longpoll;

struct Jobs;

#[longpoll]
impl Jobs {
    pub async fn list(&self) {}
}

fn main() {}
