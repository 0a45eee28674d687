use std::rc::Rc;

use comet::channel;

#[channel("todos/{list}", list: u64, access = may_watch)]
#[derive(serde::Serialize)]
struct Event;

async fn may_watch(list: u64) -> comet::Result {
    let list = Rc::new(list);
    std::future::ready(()).await;
    drop(list);
    Ok(())
}

fn main() {
    let _ = Event::channel(7);
}
