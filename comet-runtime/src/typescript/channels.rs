//! What a channel becomes: a function that follows it, and one that writes its name.

use comet_route::Route;

use super::Types;
use super::endpoints::fields;
use super::function::{Function, Parameter};
use super::names::camel;
use super::typed::Described;
use super::url;
use crate::channel::Declaration;

/// The functions of a channel.
pub(super) fn functions(channel: &Declaration, types: &mut Types) -> Vec<Function> {
    let Ok(route) = Route::parse(&format!("/{}", channel.pattern)) else { return Vec::new() };
    let mut described = Described::default();
    (channel.types)(&mut described);
    let fields = fields(&route, &described, types);
    let payload = match (channel.media, described.events) {
        (Some(_), _) => "string".to_owned(),
        (None, Some(describe)) => describe(types),
        (None, None) => "unknown".to_owned(),
    };
    let name = format!("{}Channel", camel(channel.payload));
    let follow = follow(channel, &payload, &url::arguments(&fields), &name);
    let docs = format!("The name of a channel `{}`.", channel.pattern);
    vec![follow, url::function(name, docs, &route, &fields, false)]
}

fn follow(
    channel: &Declaration,
    payload: &str,
    arguments: &Option<Parameter>,
    name: &str,
) -> Function {
    let pattern = channel.pattern;
    let docs = match channel.media {
        Some(media) => format!("Follows `{pattern}`. Each message is a `data:` URL of {media}."),
        None => format!("Follows `{pattern}`: with a handler, or by a loop over what it returns."),
    };
    let handler = format!("(data: {payload}, message: Comet.Message<{payload}>) => unknown");
    let given = if arguments.is_some() { "args" } else { "" };
    let own = [
        Parameter::optional("handler", handler),
        Parameter::optional("options", "Comet.SubscribeOptions"),
    ];
    Function {
        docs,
        name: format!("subscribe{}", channel.payload),
        parameters: arguments.iter().cloned().chain(own).collect(),
        returns: format!("Comet.Subscription<{payload}>"),
        body: format!("comet.subscribe({name}({given}), handler, options)"),
    }
}
