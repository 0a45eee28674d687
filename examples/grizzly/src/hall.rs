//! A chat with a moderator. Every window is a suspended handler; one of them is told more than the others.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use comet::{Delivered, Expiration, HandlerId, Html, Interrupt, Page, Suspended, Terminate, Then};
use comet::{Topic, channel, comet};
use layout::Text;
use serde::{Deserialize, Serialize};

use crate::tickets::Tickets;

/// What happens in the hall. All but `Said` is for the moderator alone.
#[channel("hall", history = 30, on_gap = ignore, public)]
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Talk {
    Said { name: Text<30>, text: Text<300> },
    Came { name: Text<30> },
    Heard { name: Text<30>, from: Text<30> },
    Left { name: Text<30> },
}

/// Who is there, and which window moderates.
#[derive(Debug, Default)]
pub struct Hall {
    guests: Tickets<Text<30>>,
    moderator: Mutex<Option<HandlerId>>,
}

#[comet(public)]
impl Hall {
    /// Comes in, and stays for as long as the page does, or until nobody has said anything for an hour.
    pub async fn enter(&self, name: Text<30>, moderate: bool, page: &mut Page) -> comet::Result {
        let ticket = self.guests.give(name.clone())?;
        page.value("#ticket", &ticket.text).text("#name-shown", &name);
        let mut window = Window { hall: self, name, moderate, page };
        let idle = Expiration::Idle(Duration::from_secs(3600));
        comet::suspend(&mut window, Talk::channel(), idle).await?;
        Ok(())
    }

    /// Says something to everybody who is there.
    pub async fn say(&self, ticket: String, text: Text<300>) -> comet::Result {
        let name = self.guests.who(&ticket)?;
        Talk::channel().notify(&Talk::Said { name, text }).await?;
        Ok(())
    }

    fn desk(&self) -> MutexGuard<'_, Option<HandlerId>> {
        self.moderator.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the moderator alone, if there is one. It is in the log when this returns, so that endings may tell as well.
    fn tell(&self, what: &Talk) {
        let hall: Topic<Talk> = Talk::channel();
        drop(self.desk().map(|moderator| hall.notify_one(moderator, what)));
    }
}

struct Window<'h> {
    hall: &'h Hall,
    name: Text<30>,
    /// Whether it asks to moderate; once it is suspended, whether it does.
    moderate: bool,
    page: &'h mut Page,
}

impl Suspended<Talk> for Window<'_> {
    async fn on_initialize(&mut self, id: HandlerId) -> comet::Result {
        self.moderate = self.moderate && *self.hall.desk().get_or_insert(id) == id; // the first one alone
        let role = if self.moderate { "moderates" } else { "listens" };
        self.hall.tell(&Talk::Came { name: self.name.clone() });
        self.page.attr("#hall", "data-role", role).flush().await
    }

    async fn on_event(&mut self, event: Delivered<Talk>) -> comet::Result<Then> {
        let row = match event.value()? {
            Talk::Said { name, text } => {
                self.show("#log", row(&name, text)).await?; // has returned once the window has it
                self.hall.tell(&Talk::Heard { name: self.name.clone(), from: name });
                return Ok(Then::Wait);
            }
            Talk::Came { name } => row(&name, "came in"),
            Talk::Heard { name, from } => row(&name, format!("was told what {from} said")),
            Talk::Left { name } => row(&name, "left"),
        };
        self.show("#desk", row).await?;
        Ok(Then::Wait)
    }

    fn on_interrupt(&mut self, _: Interrupt) {
        self.leave();
    }

    fn on_terminate(&mut self, _: Terminate) {
        self.leave();
    }
}

impl Window<'_> {
    async fn show(&mut self, list: &str, row: Html) -> comet::Result {
        self.page.html_append(list, row).attr(list, "scrollTop", 999_999).flush().await
    }

    fn leave(&mut self) {
        if self.moderate {
            *self.hall.desk() = None;
        }
        self.hall.tell(&Talk::Left { name: self.name.clone() });
        self.page.attr("#hall", "data-role", None::<&str>);
    }
}

fn row(name: impl std::fmt::Display, what: impl std::fmt::Display) -> Html {
    let (name, what) = (Html::escape(name), Html::escape(what));
    Html::trusted(format!(r#"<li class="arrive"><strong>{name}</strong><br>{what}</li>"#))
}
