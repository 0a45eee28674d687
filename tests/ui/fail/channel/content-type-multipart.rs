use comet::channel;

#[channel("camera/{id}", id: u32, content_type = "multipart/mixed", public)]
struct Frame(Vec<u8>);

impl AsRef<[u8]> for Frame {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

fn main() {}
