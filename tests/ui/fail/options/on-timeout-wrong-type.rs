use comet::longpoll;

#[longpoll("/wait", public, on_timeout = nothing)]
async fn wait() {}

struct NoReply;

async fn nothing() -> NoReply {
    NoReply
}

fn main() {
    let _ = (wait::url(), nothing());
}
