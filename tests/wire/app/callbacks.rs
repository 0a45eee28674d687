//! Suspended handlers: what they are told is printed, and is their reply.

use std::time::Duration;

use comet::{Delivered, Events, Expiration, HandlerId, Interrupt, Json, Suspended, Terminate};
use comet::{Then, channel, comet, longpoll};

#[channel("callbacks/{room}", room: String, public)]
#[derive(serde::Serialize, serde::Deserialize)]
struct Said(String);

#[derive(Default)]
struct Printing<'o> {
    room: String,
    told: Vec<String>,
    /// Events that go out at once.
    out: Option<&'o mut Events<String>>,
}

impl Printing<'_> {
    fn note(&mut self, what: String) {
        println!("{} {what}", self.room);
        self.told.push(what);
    }
}

impl Suspended<Said> for Printing<'_> {
    async fn on_initialize(&mut self, _: HandlerId) -> comet::Result {
        self.note("initialize".to_owned());
        Ok(())
    }

    async fn on_event(&mut self, event: Delivered<Said>) -> comet::Result<Then> {
        let text = event.value()?.0;
        self.note(text.clone());
        if let Some(out) = &mut self.out {
            out.send(&text).await?;
        }
        assert!(text != "panic", "as asked for");
        Ok(if text == "resume" { Then::Resume } else { Then::Wait })
    }

    fn on_interrupt(&mut self, why: Interrupt) {
        self.note(format!("interrupt {why:?}"));
    }

    fn on_terminate(&mut self, why: Terminate) {
        self.note(format!("terminate {why:?}"));
    }
}

#[longpoll("/callbacks/{room}?{expires}", timeout = "1h", public)]
async fn waits(room: String, expires: Option<u64>) -> comet::Result<Json<Vec<String>>> {
    let mut handler = Printing { room: room.clone(), ..Printing::default() };
    let how = expires.map_or(Expiration::Never, |ms| Expiration::Fixed(Duration::from_millis(ms)));
    comet::suspend(&mut handler, Said::channel(room), how).await?;
    Ok(Json(handler.told))
}

#[comet("/callbacks/{room}/stream", public)]
async fn streams(room: String, out: &mut Events<String>) -> comet::Result {
    let mut handler = Printing { room: room.clone(), out: Some(out), ..Printing::default() };
    comet::suspend(&mut handler, Said::channel(room), Expiration::Never).await?;
    Ok(())
}

/// As it was published, with no handler of its own.
#[comet("/callbacks/{room}/reflect", public)]
async fn reflects(room: String, out: &mut Events<Delivered<Said>>) -> comet::Result {
    comet::suspend(out, Said::channel(room), Expiration::Never).await?;
    Ok(())
}

#[comet("/callbacks/{room}/notify/{text}", public)]
async fn notify(room: String, text: String) -> comet::Result<Json<usize>> {
    Ok(Json(Said::channel(room).notify(&Said(text)).await?))
}

#[comet("/callbacks/{room}/close", public)]
async fn close(room: String) {
    Said::channel(room).close();
}
