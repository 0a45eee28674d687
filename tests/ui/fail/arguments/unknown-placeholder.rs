#![allow(unused_variables)]

use comet::comet;

#[comet("/tasks/{taskid}/log?{after}")]
async fn log(task_id: u64, after: u64) {}

fn main() {}
