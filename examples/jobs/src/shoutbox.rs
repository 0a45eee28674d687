//! A shoutbox: what one visitor says, every visitor sees.

use std::collections::VecDeque;

use comet::{Html, Page, State, comet};
use tokio::sync::watch;

/// The newest fifty shouts.
#[derive(Debug, Default)]
pub struct Shoutbox {
    shouts: watch::Sender<VecDeque<Shout>>,
}

/// Says `message` to everybody.
#[comet(public)]
pub async fn shout(name: String, message: String, shoutbox: State<Shoutbox>, page: &mut Page) {
    if message.trim().is_empty() {
        page.alert("Say something first.");
        return;
    }
    shoutbox.shouts.send_modify(|shouts| {
        let number = shouts.back().map_or(1, |last| last.number + 1);
        shouts.push_back(Shout { number, name, message });
        if shouts.len() > 50 {
            shouts.pop_front();
        }
    });
    page.value("#message", "").focus("#message");
}

/// Shows what was said and what is being said, for as long as the page is there.
#[comet(route = "/shouts", public)]
pub async fn listen(shoutbox: State<Shoutbox>, page: &mut Page) -> comet::Result {
    let mut shouts = shoutbox.shouts.subscribe();
    let mut seen = 0;
    loop {
        let last = seen;
        for Shout { number, name, message } in shouts.borrow_and_update().iter() {
            if *number > last {
                page.html_append("#shouts", row(*number))
                    .text(format!("#shout-{number} strong"), name)
                    .text(format!("#shout-{number} span"), message);
                seen = *number;
            }
        }
        page.attr("#shouts", "scrollTop", "999999").flush().await?;
        shouts.changed().await?;
    }
}

/// Empties the visitor's own list.
#[comet(public)]
pub async fn clear_shouts(page: &mut Page) {
    page.text("#shouts", "");
}

#[derive(Debug)]
struct Shout {
    number: u64,
    name: String,
    message: String,
}

/// A shout's row: the markup is ours, what visitors typed goes in as text.
fn row(number: u64) -> Html {
    Html::trusted(format!(
        r#"<li id="shout-{number}" class="arrive"><strong></strong><br><span></span></li>"#
    ))
}
