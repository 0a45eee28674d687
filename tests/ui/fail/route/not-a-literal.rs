use comet::comet;

const ROUTE: &str = "/tasks";

#[comet(route = ROUTE)]
async fn list() {}

fn main() {}
