use comet::comet;

use std::rc::Rc;

use comet::Page;

#[comet]
async fn count(page: &mut Page) -> comet::Result {
    let counter = Rc::new(1);
    page.text("#n", *counter).flush().await?;
    drop(counter);
    Ok(())
}

fn main() {}
