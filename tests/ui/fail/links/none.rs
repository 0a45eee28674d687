use comet::comet;

#[comet("/tasks", link = false)]
async fn list() {}

fn main() {
    list::url();
}
