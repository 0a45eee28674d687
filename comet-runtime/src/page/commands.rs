//! The commands: one method each, chainable, in the order they are to be applied.

use std::fmt::Display;

use serde::Serialize;
use serde_json::value::to_raw_value;

use super::queue::Field::{Json, Text};
use super::{Html, Page};

/// Selectors are CSS selectors; a command applies to every element that matches.
impl Page {
    /// Shows a message box.
    pub fn alert(&mut self, message: impl Display) -> &mut Self {
        self.push("alert", &[("alert", &message.to_string())])
    }

    /// Replaces what is inside the elements by HTML.
    pub fn html(&mut self, selector: impl AsRef<str>, html: impl Into<Html>) -> &mut Self {
        self.set_html(selector, html.into(), "replace")
    }

    /// Puts HTML after what is inside the elements.
    pub fn html_append(&mut self, selector: impl AsRef<str>, html: impl Into<Html>) -> &mut Self {
        self.set_html(selector, html.into(), "append")
    }

    /// Puts HTML before what is inside the elements.
    pub fn html_prepend(&mut self, selector: impl AsRef<str>, html: impl Into<Html>) -> &mut Self {
        self.set_html(selector, html.into(), "prepend")
    }

    /// Replaces the elements themselves by HTML.
    pub fn replace(&mut self, selector: impl AsRef<str>, html: impl Into<Html>) -> &mut Self {
        self.place_html("replace", selector, html.into())
    }

    /// Puts HTML before the elements.
    pub fn before(&mut self, selector: impl AsRef<str>, html: impl Into<Html>) -> &mut Self {
        self.place_html("before", selector, html.into())
    }

    /// Puts HTML after the elements.
    pub fn after(&mut self, selector: impl AsRef<str>, html: impl Into<Html>) -> &mut Self {
        self.place_html("after", selector, html.into())
    }

    /// Replaces what is inside the elements by text, which stays text whatever is in it.
    pub fn text(&mut self, selector: impl AsRef<str>, text: impl Display) -> &mut Self {
        self.push("text", &[("selector", selector.as_ref()), ("text", &text.to_string())])
    }

    /// Sets an attribute, or the property of that name where there is one (`value`, `checked`).
    pub fn attr(&mut self, selector: impl AsRef<str>, key: &str, value: impl Display) -> &mut Self {
        self.set_attr(selector, key, &value, "replace")
    }

    /// Appends to an attribute.
    pub fn attr_append(
        &mut self,
        selector: impl AsRef<str>,
        key: &str,
        value: impl Display,
    ) -> &mut Self {
        self.set_attr(selector, key, &value, "append")
    }

    /// Prepends to an attribute.
    pub fn attr_prepend(
        &mut self,
        selector: impl AsRef<str>,
        key: &str,
        value: impl Display,
    ) -> &mut Self {
        self.set_attr(selector, key, &value, "prepend")
    }

    /// Sets one property of the elements' style.
    pub fn css(&mut self, selector: impl AsRef<str>, key: &str, value: impl Display) -> &mut Self {
        let fields = [("selector", selector.as_ref()), ("key", key), ("value", &value.to_string())];
        self.push("css", &fields)
    }

    /// Adds a class.
    pub fn add_class(&mut self, selector: impl AsRef<str>, class: &str) -> &mut Self {
        self.set_class(selector, class, "add")
    }

    /// Takes a class away.
    pub fn remove_class(&mut self, selector: impl AsRef<str>, class: &str) -> &mut Self {
        self.set_class(selector, class, "remove")
    }

    /// Adds a class where it is absent and takes it away where it is present.
    pub fn toggle_class(&mut self, selector: impl AsRef<str>, class: &str) -> &mut Self {
        self.set_class(selector, class, "toggle")
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

    /// Runs JavaScript, in pages that have opted in with their nonce and nowhere else.
    pub fn script(&mut self, script: impl AsRef<str>) -> &mut Self {
        self.push("script", &[("script", script.as_ref())])
    }

    /// Calls a function that the page has registered under that name; `args` is what serialises as a list.
    pub fn call(&mut self, function: &str, args: &impl Serialize) -> &mut Self {
        match to_raw_value(args) {
            Ok(params) => {
                let fields = [("call", Text(function)), ("params", Json(params))];
                self.queue.push("call", &fields);
            }
            Err(error) => self.queue.fail(error),
        }
        self
    }

    /// Dispatches a `CustomEvent` that bubbles, with `detail`, on the elements.
    pub fn dispatch(
        &mut self,
        selector: impl AsRef<str>,
        event: &str,
        detail: &impl Serialize,
    ) -> &mut Self {
        match to_raw_value(detail) {
            Ok(detail) => {
                let selector = ("selector", Text(selector.as_ref()));
                let fields = [selector, ("event", Text(event)), ("detail", Json(detail))];
                self.queue.push("dispatch", &fields);
            }
            Err(error) => self.queue.fail(error),
        }
        self
    }

    /// Queues a command of your own: an object with a `type` that the page has a function for.
    pub fn custom(&mut self, command: &impl Serialize) -> &mut Self {
        self.queue.write(command);
        self
    }

    /// Drops what is queued and not yet flushed.
    pub fn clear(&mut self) -> &mut Self {
        self.queue.clear();
        self
    }

    fn set_html(&mut self, selector: impl AsRef<str>, html: Html, set_type: &str) -> &mut Self {
        let selector = ("selector", selector.as_ref());
        self.push("html", &[selector, ("html", html.as_str()), ("setType", set_type)])
    }

    fn place_html(&mut self, kind: &str, selector: impl AsRef<str>, html: Html) -> &mut Self {
        self.push(kind, &[("selector", selector.as_ref()), ("html", html.as_str())])
    }

    fn set_attr(
        &mut self,
        selector: impl AsRef<str>,
        key: &str,
        value: &dyn Display,
        set_type: &str,
    ) -> &mut Self {
        let selector = ("selector", selector.as_ref());
        let value = value.to_string();
        self.push("attr", &[selector, ("key", key), ("value", &value), ("setType", set_type)])
    }

    fn set_class(&mut self, selector: impl AsRef<str>, class: &str, set_type: &str) -> &mut Self {
        let selector = ("selector", selector.as_ref());
        self.push("class", &[selector, ("class", class), ("setType", set_type)])
    }

    fn push<const N: usize>(&mut self, kind: &str, fields: &[(&str, &str); N]) -> &mut Self {
        self.queue.push(kind, &fields.map(|(key, value)| (key, Text(value))));
        self
    }
}
