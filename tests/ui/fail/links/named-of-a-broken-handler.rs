#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks/{id}", colour = "red")]
async fn show(id: u64) {}

fn main() {
    let _ = comet::url!(show, id = 7);
}
