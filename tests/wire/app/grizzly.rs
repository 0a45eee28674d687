//! What hidden frames of pages that were written for Grizzly open.

use std::time::Duration;

use comet::compat::grizzly::ForeverFrame;
use comet::{App, Delivered, Error, Expiration, HandlerId, Html, Interrupt, Page, StatusCode};
use comet::{Suspended, Then, User, channel, comet};

#[channel("grizzly/{room}", room: String, public)]
#[derive(serde::Serialize, serde::Deserialize)]
struct Said {
    name: String,
    message: String,
}

struct Window<'p> {
    room: String,
    page: &'p mut Page,
}

impl Suspended<Said> for Window<'_> {
    async fn on_initialize(&mut self, _: HandlerId) -> comet::Result {
        println!("{} listens", self.room);
        Ok(())
    }

    async fn on_event(&mut self, event: Delivered<Said>) -> comet::Result<Then> {
        self.page.call("app.update", &(event,)).flush().await?;
        Ok(Then::Wait)
    }

    fn on_interrupt(&mut self, why: Interrupt) {
        println!("{} {why:?}", self.room);
        self.page.call("app.listen", &());
    }
}

#[comet(public)]
async fn gz_listen(room: String, expires: Option<u64>, page: &mut Page) -> comet::Result {
    let how = expires.map_or(Expiration::Never, |ms| Expiration::Fixed(Duration::from_millis(ms)));
    comet::suspend(&mut Window { room: room.clone(), page }, Said::channel(room), how).await?;
    Ok(())
}

/// What the page's form sends.
#[comet("/grizzly/{room}/frame", method = POST, public)]
async fn gz_act(
    room: String,
    action: String,
    name: String,
    message: Option<String>,
) -> comet::Result<(StatusCode, &'static str)> {
    let message = match &*action {
        "login" => format!("{name} has joined."),
        "post" => message.unwrap_or_default(),
        _ => return Ok((StatusCode::UNPROCESSABLE_ENTITY, "Unprocessable Entity")),
    };
    Said::channel(room).notify(&Said { name, message }).await?;
    Ok((StatusCode::OK, "success"))
}

/// Everything that such a frame can say, and something that it cannot.
#[comet(public)]
async fn gz_all(times: u8, page: &mut Page) {
    page.call("app.many", &(times, "a'b", None::<u8>, [1.5]))
        .text("#lost", "no frame says this")
        .alert("Grüße </script>")
        .redirect("/next?a=\"b\"")
        .call("app.listen", &());
}

#[comet(public)]
async fn gz_fails(late: bool, page: &mut Page) -> comet::Result {
    if late {
        page.call("app.begun", &()).flush().await?;
    }
    Err(Error::new(StatusCode::CONFLICT, "it is taken"))
}

#[comet]
async fn gz_secret(user: User, page: &mut Page) {
    page.call("app.greet", &(Html::escape(user.id()).as_str(),));
}

pub(crate) fn mounted(app: App) -> App {
    app.adapt(ForeverFrame::at("/grizzly/{room}/frame", "gz_listen"))
        .adapt(ForeverFrame::at("/grizzly/all", "gz_all"))
        .adapt(ForeverFrame::at("/grizzly/fails", "gz_fails"))
        .adapt(ForeverFrame::at("/grizzly/secret", "gz_secret"))
}
