#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks/{task-id}")]
async fn show(task_id: u64) {}

fn main() {}
