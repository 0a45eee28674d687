use std::sync::Mutex;

use comet::{Page, State, comet};

#[comet("/count")]
async fn count(n: State<std::sync::Arc<Mutex<u8>>>, page: &mut Page) -> comet::Result {
    let n = n.lock().unwrap();
    page.text("#n", *n).flush().await?;
    Ok(())
}

fn main() {}
