use comet::longpoll;

#[longpoll("/wait", public, on_timeout = nothing())]
async fn wait() {}

async fn nothing() {}

fn main() {
    let _ = (wait::url(), nothing());
}
