use comet::channel;

#[channel("camera/{id}", id: u32, content_type = "image/png", public)]
#[derive(serde::Serialize)]
struct Frame(Vec<u8>);

fn main() {
    let _ = Frame::channel(7).publish(&Frame(vec![0]));
}
