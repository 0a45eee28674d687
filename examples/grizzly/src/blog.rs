//! A micro-blog: a channel for each writer, and readers that wait at as many of them as they follow.

use comet::{Delivered, Expiration, HandlerId, Html, Page, Suspended, Then, channel, comet};
use layout::{Slug, Text};
use serde::{Deserialize, Serialize};

use crate::tickets::{Ticket, Tickets};

/// What somebody has written on the own wall.
#[channel("walls/{who}", who: Slug, history = 20, on_gap = ignore, public)]
#[derive(Debug, Serialize, Deserialize)]
pub struct Post {
    who: Slug,
    text: Text<280>,
}

/// The readers that are there.
#[derive(Debug, Default)]
pub struct Blog {
    readers: Tickets<Reader>,
}

#[derive(Clone, Debug)]
struct Reader {
    who: Slug,
    /// The reader's suspended handler.
    timeline: HandlerId,
}

#[comet(public)]
impl Blog {
    /// Logs in: the own wall comes first, and whoever is followed later.
    pub async fn read(&self, who: Slug, page: &mut Page) -> comet::Result {
        let mut timeline = Timeline { blog: self, who: who.clone(), page, ticket: None };
        comet::suspend(&mut timeline, Post::channel(who), Expiration::Never).await?;
        Ok(())
    }

    /// Writes on the own wall.
    pub async fn post(&self, ticket: String, text: Text<280>) -> comet::Result {
        let Reader { who, .. } = self.readers.who(&ticket)?;
        Post::channel(who.clone()).publish(&Post { who, text }).await?;
        Ok(())
    }

    /// Has the timeline wait at one more wall.
    pub async fn follow(&self, ticket: String, whom: Slug, page: &mut Page) -> comet::Result {
        let Reader { timeline, .. } = self.readers.who(&ticket)?;
        let wall = Post::channel(whom.clone());
        wall.attach(timeline); // before the wall is read: what is written meanwhile comes twice, not never
        for post in wall.history(3) {
            show(page, &post)?;
        }
        page.remove(format!("#follows-{whom}")).html_append("#follows", chip(&whom));
        Ok(())
    }

    /// Has it wait there no longer.
    pub async fn unfollow(&self, ticket: String, whom: Slug, page: &mut Page) -> comet::Result {
        let Reader { timeline, .. } = self.readers.who(&ticket)?;
        Post::channel(whom.clone()).detach(timeline);
        page.remove(format!("#follows-{whom}"));
        Ok(())
    }
}

struct Timeline<'b> {
    blog: &'b Blog,
    who: Slug,
    page: &'b mut Page,
    ticket: Option<Ticket<'b, Reader>>,
}

impl Suspended<Post> for Timeline<'_> {
    async fn on_initialize(&mut self, timeline: HandlerId) -> comet::Result {
        let who = self.who.clone();
        for post in Post::channel(who.clone()).history(3) {
            show(self.page, &post)?;
        }
        let ticket = self.blog.readers.give(Reader { who, timeline })?;
        self.page.value(".ticket", &ticket.text).text("#me", &self.who);
        self.ticket = Some(ticket);
        self.page.attr("#blog", "data-in", "yes").flush().await
    }

    async fn on_event(&mut self, event: Delivered<Post>) -> comet::Result<Then> {
        show(self.page, &event)?;
        self.page.flush().await?;
        Ok(Then::Wait)
    }
}

/// Shows a post at the top, once.
fn show(page: &mut Page, event: &Delivered<Post>) -> comet::Result {
    let Post { who, text } = event.value()?;
    let (cursor, text) = (event.cursor, Html::escape(text));
    page.remove(format!("[data-post='{cursor}']")).html_prepend(
        "#timeline",
        Html::trusted(format!(
            r#"<li class="arrive" data-post="{cursor}"><strong>{who}</strong><br>{text}</li>"#
        )),
    );
    Ok(())
}

fn chip(whom: &Slug) -> Html {
    Html::trusted(format!(
        r#"<li id="follows-{whom}"><button class="quiet" name="whom" value="{whom}">{whom} ×</button></li>"#
    ))
}
