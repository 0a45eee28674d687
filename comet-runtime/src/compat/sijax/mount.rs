//! What an app is given: the URL of a page, and what its calls reach.

use std::borrow::Cow;
use std::fmt;

use super::bound::Mount;
use super::event::{Event, Events, Listener};
use crate::app::Adapter;
use crate::page::Page;

/// Sijax at the URL of a page: a `POST` there that `sijax.js` makes calls a handler, and everything else at that URL goes
/// on as without it.
///
/// Every handler of the app is a function under its own name (`#[comet(name = "…")]` gives it others), if it sends page
/// commands or replies once, and does not take the body itself. Who may call it is as its attribute says. What is
/// registered here counts at this URL alone, and the later of two wins, as in Sijax.
///
/// ```
/// use comet::compat::sijax::Sijax;
/// use comet::{App, Page, comet};
///
/// pub struct Chat;
///
/// #[comet(public)]
/// impl Chat {
///     /// Handlers of a block have its name before theirs: this one is `chat_say`.
///     pub async fn say(&self, message: String, page: &mut Page) {
///         page.html_append("#log", comet::Html::escape(message));
///     }
/// }
///
/// let app = App::from_linked().with(Chat).adapt(
///     Sijax::at("/rooms/{room}")
///         .object("chat")                  // `say` is `chat_say` here
///         .function("shout", "chat_say")   // and so is `shout`
///         .before(|| tracing::info!("a call")),
/// );
/// # assert!(app.verify().is_ok());
/// ```
#[derive(Debug)]
#[must_use = "give it to `App::adapt`"]
pub struct Sijax {
    pub(super) url: Cow<'static, str>,
    pub(super) registered: Vec<Registered>,
    pub(super) events: Events,
    pub(super) custom: Vec<Custom>,
    pub(super) strict: bool,
    pub(super) upload_limit: Option<usize>,
}

/// What is a function at one URL.
#[derive(Debug)]
pub(super) enum Registered {
    Function { name: String, handler: String },
    Object { prefix: String },
}

/// An event of the mount's own.
pub(super) struct Custom {
    pub(super) name: String,
    pub(super) run: Box<dyn Fn(&mut Page) + Send + Sync>,
}

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Custom").field(&self.name).finish()
    }
}

impl Sijax {
    /// At a URL below the app's mount. It is a route, `/rooms/{room}`: what stands for a placeholder is the value of the
    /// handlers' own placeholder of that name, and no caller can give another.
    pub fn at(url: impl Into<Cow<'static, str>>) -> Self {
        Self {
            url: url.into(),
            registered: Vec::new(),
            events: Events::default(),
            custom: Vec::new(),
            strict: false,
            upload_limit: None,
        }
    }

    /// Makes the handler that is called `handler` the function `name` here: letters, digits, `-` and `_`, as
    /// `sijax_comet.js` has trouble with anything else.
    pub fn function(mut self, name: impl Into<String>, handler: impl Into<String>) -> Self {
        self.registered.push(Registered::Function { name: name.into(), handler: handler.into() });
        self
    }

    /// Makes every handler whose name begins with `{prefix}_` a function here, without that: the methods of an annotated
    /// `impl Chat` are `object("chat")`.
    pub fn object(mut self, prefix: impl Into<String>) -> Self {
        self.registered.push(Registered::Object { prefix: prefix.into() });
        self
    }

    /// Makes a handler the one of the form with this id: the function `{form_id}_upload`.
    pub fn upload(self, form_id: &str, handler: impl Into<String>) -> Self {
        self.function(format!("{form_id}_upload"), handler)
    }

    /// The most that a form with files may have, in bytes; the setting `body_limit` unless it is given.
    pub fn upload_limit(mut self, bytes: usize) -> Self {
        self.upload_limit = Some(bytes);
        self
    }

    /// Refuses a call whose `sijax_args` is no JSON array, as an invalid call. Sijax takes it for a call without
    /// arguments, and so does this without `strict`.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Calls a function before the one that the page calls. When it fails, the other does not run.
    pub fn before<M>(mut self, event: impl Event<M>) -> Self {
        self.events.before = Listener::new(event);
        self
    }

    /// Calls a function after the one that the page has called, or after what stood in for it; not when that failed.
    pub fn after<M>(mut self, event: impl Event<M>) -> Self {
        self.events.after = Listener::new(event);
        self
    }

    /// Calls a function in place of one that is not there; without it, the page shows a message box. What the page
    /// called is [`Request::function`](super::Request::function).
    pub fn invalid_request<M>(mut self, event: impl Event<M>) -> Self {
        self.events.invalid_request = Listener::new(event);
        self
    }

    /// Calls a function in place of one whose arguments do not fit, by number or by type; without it, the page shows a
    /// message box. What is wrong is [`Request::problem`](super::Request::problem).
    pub fn invalid_call<M>(mut self, event: impl Event<M>) -> Self {
        self.events.invalid_call = Listener::new(event);
        self
    }

    /// Has an event of your own, for handlers to [fire](super::Request::fire). The later of two of one name counts.
    pub fn event(
        mut self,
        name: impl Into<String>,
        run: impl Fn(&mut Page) + Send + Sync + 'static,
    ) -> Self {
        self.custom.push(Custom { name: name.into(), run: Box::new(run) });
        self
    }
}

impl From<Sijax> for Adapter {
    fn from(sijax: Sijax) -> Self {
        Self::new(Mount::new(sijax))
    }
}
