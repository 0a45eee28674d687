#![allow(unused_variables)]

use comet::comet;

mod tasks {
    #[comet::comet("/tasks/{id}")]
    async fn show(id: u64) {}
}

#[comet("/tasks/{task}")]
async fn again(task: u64) {}

fn main() {}
