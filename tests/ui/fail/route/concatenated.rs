use comet::comet;

#[comet(concat!("/tasks", "/log"))]
async fn list() {}

fn main() {}
