//! The pages around the handlers.

use comet::{Html, User, comet};
use maud::{Markup, html};

layout::lesson! {
    /// What the page of the notifications shows.
    NOTIFICATIONS {
        path: "/notifications",
        title: "Notifications",
        summary: "Told once on every page that is open, and again after a reload until it was acknowledged.",
        source: "notifications.rs",
        curl: "curl -c /tmp/jar --json '[\"ann\"]' http://127.0.0.1:8080/comet/call/enter\ncurl -b /tmp/jar --json '[\"ann\", \"Look up\"]' http://127.0.0.1:8080/comet/call/notify\ncurl -b /tmp/jar http://127.0.0.1:8080/notification",
    }
    script: notifications_script at "/notifications.js",
}

layout::lesson! {
    /// What the page of the messages shows.
    MESSENGER {
        path: "/messenger",
        title: "Messenger",
        summary: "Messages to people who are there or come later, on all their pages, and a title that counts what is unread.",
        source: "messages.rs",
        curl: "curl -c /tmp/jar --json '[\"ann\"]' http://127.0.0.1:8080/comet/call/enter\ncurl -N -b /tmp/jar 'http://127.0.0.1:8080/comet/events?channel=messages/ann&history=9'",
    }
    script: messenger_script at "/messenger.js",
    script: enter_script at "/enter.js",
}

/// The notifications of whoever is signed in.
#[comet("/notifications", public)]
async fn notifications(user: Option<User>) -> Html {
    NOTIFICATIONS.page_with(&around(user.as_ref(), notifying).into_string())
}

/// The messages of whoever is signed in.
#[comet("/messenger", public)]
async fn messenger(user: Option<User>) -> Html {
    MESSENGER.page_with(&around(user.as_ref(), messaging).into_string())
}

/// Asks a stranger for a name, and shows a user what is theirs.
fn around(user: Option<&User>, inside: fn(&str) -> Markup) -> Markup {
    html! {
        @match user {
            None => {
                form #enter data-comet-call="enter" {
                    .field {
                        label for="me" { "Your name" }
                        input #me name="name" pattern="[a-z0-9\\-]{1,40}" title="Small letters, digits and -"
                            placeholder="ann" autocomplete="off" autocapitalize="none" required;
                    }
                    .actions { button { "Come in" } }
                }
                p .note {
                    "Anybody may be anybody here. Come in as somebody else in a second window that has cookies of its own, "
                    "a private one for instance."
                }
            }
            Some(user) => {
                p .split.note {
                    span { "You are " strong #me { (user.id()) } "." }
                    button .quiet #leave data-comet-call="leave" { "Leave" }
                }
                (inside(user.id()))
            }
        }
        p #trouble .warm role="alert" {}
        script type="module" src="enter.js" {}
    }
}

fn notifying(me: &str) -> Markup {
    html! {
        ul #shown .list data-empty="Nothing to tell you" aria-live="polite" {}
        form #notify data-comet-call="notify" {
            .field {
                label for="to" { "To" }
                input #to name="to" pattern="[a-z0-9\\-]{1,40}" value=(me) autocomplete="off" autocapitalize="none" required;
            }
            .field {
                label for="title" { "What to tell" }
                input #title name="title" maxlength="80" autocomplete="off" required;
            }
            .todo.field { label { input type="checkbox" name="sticky" value="yes"; "Keep it until it is dismissed" } }
            .actions { button { "Tell" } }
        }
        p .note {
            "All pages of one person show it. Whoever is away is told when they come. What is to be dismissed comes again "
            "with every page until it is."
        }
        script type="module" src="notifications.js" {}
    }
}

fn messaging(_: &str) -> Markup {
    html! {
        nav #people .tabs aria-label="People" {}
        ul #said .list.scroll.talk data-empty="Choose somebody above, or write to a name" role="log" aria-label="What was said" tabindex="0" {}
        form #send data-comet-call="send" {
            .field {
                label for="to" { "To" }
                input #to name="to" pattern="[a-z0-9\\-]{1,40}" placeholder="ben" autocomplete="off" autocapitalize="none" required;
            }
            .field {
                label for="text" { "Message" }
                input #text name="text" maxlength="500" autocomplete="off" required;
            }
            .actions { button { "Send" } }
        }
        p .note { "Who has a dot is there. The title counts what came while you looked elsewhere." }
        script type="module" src="messenger.js" {}
    }
}
