//! All examples in one program: what an example crate declares is served because this crate expects it.

use comet::{App, Html, comet};

comet::expect_handlers![
    camera, chat, counter, embed, grizzly, hello, jobs, messenger, progress, roots, sijax, ticker,
    todos, transports, upload
];

/// The examples, in the order to read them.
pub const LESSONS: [&layout::Lesson; 21] = [
    &hello::LESSON,
    &progress::LESSON,
    &jobs::LESSON,
    &jobs::SHOUTBOX,
    &ticker::LESSON,
    &counter::LESSON,
    &chat::LESSON,
    &todos::LESSON,
    &messenger::NOTIFICATIONS,
    &messenger::MESSENGER,
    &camera::LESSON,
    &transports::LESSON,
    &upload::LESSON,
    &embed::LESSON,
    &sijax::LESSON,
    &roots::LESSON,
    &grizzly::CLICKER,
    &grizzly::HALL,
    &grizzly::WORDS,
    &grizzly::BLOG,
    &grizzly::NOTICES,
];

/// The list of all examples.
#[comet(route = "/", public)]
async fn index() -> Html {
    let cards: String = LESSONS.iter().map(|lesson| lesson.card()).collect();
    let about = "Annotate a function, and the page changes while it works. Each example is one small crate to read.";
    layout::page("Examples", about, &format!(r#"<ul class="cards">{cards}</ul>"#))
}

/// The app with everything that the examples need; todos and messages are kept where the caller says.
pub fn app(todos: todos::Todos, messages: messenger::Database) -> App {
    grizzly::added_to(messenger::serve(App::from_linked(), messages))
        .with(jobs::Jobs::default())
        .state(jobs::shoutbox::Shoutbox::default())
        .state(counter::Counter::default())
        .with(todos)
        .state(embed::Kitchen::default())
        .with(sijax::Guestbook::default())
        .adapt(sijax::mount())
        .adapt(roots::mount())
}
