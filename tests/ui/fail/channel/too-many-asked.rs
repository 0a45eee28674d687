use comet::channel;

#[channel("{a}/{b}/{c}/{d}", a: u8, b: u8, c: u8, d: u8, access = may_watch)]
#[derive(serde::Serialize)]
struct Event;

#[allow(dead_code)]
async fn may_watch(_: u8, _: u8, _: u8, _: u8) -> comet::Result {
    Ok(())
}

fn main() {
    let _ = Event::channel(1, 2, 3, 4);
}
