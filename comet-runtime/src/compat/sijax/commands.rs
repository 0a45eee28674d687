//! Page commands as `sijax.js` knows them.
//!
//! What Sijax has goes through byte for byte. What only Comet has is said in Sijax's words, as its script stops at the
//! first command that it does not know.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::script::json;
use crate::html::Html;

/// An array of commands for `sijax.js`.
pub(super) fn translate(commands: &Bytes) -> Bytes {
    let Ok(all) = serde_json::from_slice::<Vec<&RawValue>>(commands) else {
        return commands.clone();
    };
    let said: Vec<Option<String>> = all.iter().map(|command| said(command.get())).collect();
    if said.iter().all(Option::is_none) {
        return commands.clone();
    }
    let pairs = all.iter().zip(&said);
    let all = pairs.map(|(own, said)| said.as_deref().unwrap_or(own.get())).collect::<Vec<_>>();
    Bytes::from(format!("[{}]", all.join(",")))
}

/// One command that shows a message box.
pub(super) fn alert(message: &str) -> Bytes {
    #[derive(Serialize)]
    struct Alert<'a> {
        alert: &'a str,
        r#type: &'static str,
    }
    Bytes::from(json(&[Alert { alert: message, r#type: "alert" }]))
}

#[derive(Deserialize)]
struct Kind {
    r#type: String,
    #[serde(rename = "setType")]
    set_type: Option<String>,
}

/// The fields of the commands that Sijax does not have; each has some of them.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Own<'c> {
    selector: String,
    text: String,
    html: String,
    value: String,
    class: String,
    redirect: String,
    event: String,
    #[serde(borrow)]
    detail: Option<&'c RawValue>,
}

#[derive(Serialize)]
struct SetHtml<'a> {
    selector: &'a str,
    html: &'a str,
    #[serde(rename = "setType")]
    set_type: &'static str,
    r#type: &'static str,
}

#[derive(Serialize)]
struct SetAttr<'a> {
    selector: &'a str,
    key: &'static str,
    value: &'a str,
    #[serde(rename = "setType")]
    set_type: &'static str,
    r#type: &'static str,
}

#[derive(Serialize)]
struct Script<'a> {
    script: &'a str,
    r#type: &'static str,
}

/// A command in Sijax's words, where it is none of Sijax's.
fn said(command: &str) -> Option<String> {
    let Kind { r#type, set_type } = serde_json::from_str(command).ok()?;
    let own = || serde_json::from_str::<Own<'_>>(command).ok();
    match (r#type.as_str(), set_type.as_deref()) {
        ("html", Some("morph")) => own().map(|own| html(&own.selector, &own.html)),
        ("text", _) => own().map(|own| html(&own.selector, Html::escape(&own.text).as_str())),
        ("value", _) => own().map(|own| {
            let (selector, value) = (&own.selector, &own.value);
            json(&SetAttr { selector, key: "value", value, set_type: "replace", r#type: "attr" })
        }),
        ("redirect", _) => {
            own().map(|own| script(&format!("window.location = {};", json(&own.redirect))))
        }
        (kind, _) => {
            let call = jquery(kind)?;
            own().map(|own| script(&call(&own)))
        }
    }
}

fn html(selector: &str, html: &str) -> String {
    json(&SetHtml { selector, html, set_type: "replace", r#type: "html" })
}

fn script(script: &str) -> String {
    json(&Script { script, r#type: "script" })
}

type Write = fn(&Own<'_>) -> String;

/// The call of jQuery that does what a command of that type does.
fn jquery(kind: &str) -> Option<Write> {
    Some(match kind {
        "add_class" => |own| on(own, "addClass", &own.class),
        "remove_class" => |own| on(own, "removeClass", &own.class),
        "toggle_class" => |own| on(own, "toggleClass", &own.class),
        "replace" => |own| on(own, "replaceWith", &own.html),
        "before" => |own| on(own, "before", &own.html),
        "after" => |own| on(own, "after", &own.html),
        "focus" => |own| format!("jQuery({}).first().trigger(\"focus\");", json(&own.selector)),
        "dispatch" => |own| {
            let (selector, event) = (json(&own.selector), json(&own.event));
            let detail = own.detail.map_or("null", RawValue::get);
            format!(
                "jQuery({selector}).each(function () {{ this.dispatchEvent(new CustomEvent({event}, \
                 {{bubbles: true, detail: {detail}}})); }});"
            )
        },
        _ => return None,
    })
}

fn on(own: &Own<'_>, method: &str, argument: &str) -> String {
    format!("jQuery({}).{method}({});", json(&own.selector), json(argument))
}

#[cfg(test)]
mod tests;
