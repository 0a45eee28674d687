use comet::comet;

#[comet("/tasks?{name}")]
async fn show(name: Option<&'static str>) {
    drop(name);
}

fn main() {}
