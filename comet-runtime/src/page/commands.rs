//! The commands: one method each, chainable, in the order they are to be applied.

use std::fmt::Display;

use serde::Serialize;
use serde_json::value::RawValue;

use super::Page;
use super::argument::{self, ArgumentError};
use super::queue::Field::{self, Json, Text};
use super::queue::Queue;
use crate::html::{Html, IntoHtml};

/// Selectors are CSS selectors; a command applies to every element that matches.
impl Page {
    /// Shows a message box.
    pub fn alert(&mut self, message: impl Display) -> &mut Self {
        self.push("alert", &[("alert", &message.to_string())])
    }

    /// Replaces what is inside the elements by HTML.
    pub fn html(&mut self, selector: impl AsRef<str>, html: impl IntoHtml) -> &mut Self {
        self.set_html(selector, &html.into_html(), "replace")
    }

    /// Puts HTML after what is inside the elements.
    pub fn html_append(&mut self, selector: impl AsRef<str>, html: impl IntoHtml) -> &mut Self {
        self.set_html(selector, &html.into_html(), "append")
    }

    /// Puts HTML before what is inside the elements.
    pub fn html_prepend(&mut self, selector: impl AsRef<str>, html: impl IntoHtml) -> &mut Self {
        self.set_html(selector, &html.into_html(), "prepend")
    }

    /// Makes what is inside the elements like this HTML. What is the same stays as it is, and with it the focus, a
    /// selection, how far it was scrolled and what was typed.
    pub fn html_morph(&mut self, selector: impl AsRef<str>, html: impl IntoHtml) -> &mut Self {
        self.set_html(selector, &html.into_html(), "morph")
    }

    /// Replaces the elements themselves by HTML.
    pub fn replace(&mut self, selector: impl AsRef<str>, html: impl IntoHtml) -> &mut Self {
        self.place_html("replace", selector, &html.into_html())
    }

    /// Puts HTML before the elements.
    pub fn before(&mut self, selector: impl AsRef<str>, html: impl IntoHtml) -> &mut Self {
        self.place_html("before", selector, &html.into_html())
    }

    /// Puts HTML after the elements.
    pub fn after(&mut self, selector: impl AsRef<str>, html: impl IntoHtml) -> &mut Self {
        self.place_html("after", selector, &html.into_html())
    }

    /// Replaces what is inside the elements by text, which stays text whatever is in it.
    pub fn text(&mut self, selector: impl AsRef<str>, text: impl Display) -> &mut Self {
        self.push("text", &[("selector", selector.as_ref()), ("text", &text.to_string())])
    }

    /// Sets an attribute, or the property of that name where that is what a user sees: `value`, and whatever is a
    /// boolean or a number, such as `checked`, `disabled` and `scrollTop`. Give booleans as `bool`; `None` removes an
    /// attribute. The client refuses what would run code: `on…`, `srcdoc`, script URLs, and `style` (use
    /// [`css`](Page::css)).
    pub fn attr(
        &mut self,
        selector: impl AsRef<str>,
        key: &str,
        value: impl Serialize,
    ) -> &mut Self {
        self.set_attr("attr", selector.as_ref(), key, &value, "replace")
    }

    /// Appends to an attribute.
    pub fn attr_append(
        &mut self,
        selector: impl AsRef<str>,
        key: &str,
        value: impl Serialize,
    ) -> &mut Self {
        self.set_attr("attr_append", selector.as_ref(), key, &value, "append")
    }

    /// Prepends to an attribute.
    pub fn attr_prepend(
        &mut self,
        selector: impl AsRef<str>,
        key: &str,
        value: impl Serialize,
    ) -> &mut Self {
        self.set_attr("attr_prepend", selector.as_ref(), key, &value, "prepend")
    }

    /// Sets one property of the elements' style.
    pub fn css(&mut self, selector: impl AsRef<str>, key: &str, value: impl Display) -> &mut Self {
        let fields = [("selector", selector.as_ref()), ("key", key), ("value", &value.to_string())];
        self.push("css", &fields)
    }

    /// Adds a class, or several with blanks between them.
    pub fn add_class(&mut self, selector: impl AsRef<str>, class: &str) -> &mut Self {
        self.push("add_class", &[("selector", selector.as_ref()), ("class", class)])
    }

    /// Takes a class away, or several with blanks between them.
    pub fn remove_class(&mut self, selector: impl AsRef<str>, class: &str) -> &mut Self {
        self.push("remove_class", &[("selector", selector.as_ref()), ("class", class)])
    }

    /// Adds a class where it is absent and takes it away where it is present.
    pub fn toggle_class(&mut self, selector: impl AsRef<str>, class: &str) -> &mut Self {
        self.push("toggle_class", &[("selector", selector.as_ref()), ("class", class)])
    }

    /// Sets the value of form controls.
    pub fn value(&mut self, selector: impl AsRef<str>, value: impl Display) -> &mut Self {
        self.push("value", &[("selector", selector.as_ref()), ("value", &value.to_string())])
    }

    /// Moves the focus to the first matching element.
    pub fn focus(&mut self, selector: impl AsRef<str>) -> &mut Self {
        self.push("focus", &[("selector", selector.as_ref())])
    }

    /// Removes the elements.
    pub fn remove(&mut self, selector: impl AsRef<str>) -> &mut Self {
        self.push("remove", &[("remove", selector.as_ref())])
    }

    /// Sends the page elsewhere. The client follows to its own origin only, unless it was configured otherwise.
    pub fn redirect(&mut self, url: impl Display) -> &mut Self {
        self.push("redirect", &[("redirect", &url.to_string())])
    }

    /// Runs JavaScript, in pages that have opted in with their nonce and nowhere else. Never build it from what a
    /// stranger wrote: give data to a function of the page with [`call`](Page::call).
    pub fn script(&mut self, script: impl AsRef<str>) -> &mut Self {
        self.push("script", &[("script", script.as_ref())])
    }

    /// Calls a function that the page has registered under that name. `args` is a list: a tuple, a slice, `()`.
    pub fn call(&mut self, function: &str, args: &impl Serialize) -> &mut Self {
        self.push_json(argument::list(function, args), |queue, params| {
            queue.push("call", &[("call", Text(function)), ("params", params)]);
        })
    }

    /// Dispatches a `CustomEvent` that bubbles, with `detail`, on the elements.
    pub fn dispatch(
        &mut self,
        selector: impl AsRef<str>,
        event: &str,
        detail: &impl Serialize,
    ) -> &mut Self {
        let selector = selector.as_ref();
        self.push_json(argument::json("dispatch", selector, detail), |queue, detail| {
            let fields = [("selector", Text(selector)), ("event", Text(event)), ("detail", detail)];
            queue.push("dispatch", &fields);
        })
    }

    /// Queues a command of your own type, which the page has taught its client with `comet.command`. `params` is what
    /// serialises as an object: a struct, a map, or `()` for none.
    pub fn custom(&mut self, kind: &str, params: &impl Serialize) -> &mut Self {
        match argument::custom(kind, params) {
            Ok(command) => self.queue.append(command.as_bytes()),
            Err(error) => self.queue.fail(error),
        }
        self
    }

    /// Drops what is queued and not yet flushed.
    pub fn clear(&mut self) -> &mut Self {
        self.queue.clear();
        self
    }

    fn set_html(&mut self, selector: impl AsRef<str>, html: &Html, set_type: &str) -> &mut Self {
        let selector = ("selector", selector.as_ref());
        self.push("html", &[selector, ("html", html.as_str()), ("setType", set_type)])
    }

    fn place_html(&mut self, kind: &str, selector: impl AsRef<str>, html: &Html) -> &mut Self {
        self.push(kind, &[("selector", selector.as_ref()), ("html", html.as_str())])
    }

    fn set_attr(
        &mut self,
        method: &str,
        selector: &str,
        key: &str,
        value: &impl Serialize,
        set_type: &str,
    ) -> &mut Self {
        self.push_json(argument::json(method, selector, value), |queue, value| {
            let (selector, set_type) = (("selector", Text(selector)), ("setType", Text(set_type)));
            queue.push("attr", &[selector, ("key", Text(key)), ("value", value), set_type]);
        })
    }

    fn push<const N: usize>(&mut self, kind: &str, fields: &[(&str, &str); N]) -> &mut Self {
        self.queue.push(kind, &fields.map(|(key, value)| (key, Text(value))));
        self
    }

    fn push_json(
        &mut self,
        json: Result<Box<RawValue>, ArgumentError>,
        push: impl FnOnce(&mut Queue, Field<'_>),
    ) -> &mut Self {
        match json {
            Ok(json) => push(&mut self.queue, Json(&json)),
            Err(error) => self.queue.fail(error),
        }
        self
    }
}
