//! What is refused of a `#[channel]` whose tokens could be read.

use syn::Path;

use super::conflate::{self, Key};
use super::item::Item;
use super::model::{Access, Channel, Settings, Slow};
use super::options::Options;
use super::{parameters, pattern};
use crate::errors::Errors;
use crate::model::{Broken, Place};

/// The most parameters that a function which decides about access is given.
const MOST_ASKED: usize = 3;

/// Checks the attribute. It is complete only if nothing was wrong at all.
pub(super) fn check(
    item: &Item,
    options: &Options,
    errors: &mut Errors,
) -> Result<Channel, Box<Broken>> {
    let declared = parameters::declared(&options.parameters, errors);
    let pattern = options.pattern.as_ref().and_then(|literal| pattern::read(literal, errors));
    let parameters = pattern
        .as_ref()
        .map(|pattern| parameters::in_order(pattern, declared, options, errors))
        .unwrap_or_default();
    if !options.garbled {
        missing(item, options, errors);
    }
    at_odds(options, errors);
    let access = options.access.as_ref().map(|access| own(access, item));
    too_many(access.as_ref(), parameters.len(), errors);
    let slow = slow(item, options, errors);
    match (pattern, access) {
        (Some(pattern), Some(access)) if errors.is_empty() => Ok(Channel {
            place: place(item, options),
            pattern,
            parameters,
            access,
            settings: settings(options, slow),
        }),
        (pattern, _) => {
            let read = pattern.map(|pattern| pattern.full.names().len());
            let placeholders = read.unwrap_or_else(|| placeholders(options));
            Err(Box::new(Broken { place: place(item, options), placeholders }))
        }
    }
}

/// What becomes of slow readers, with the field that was named.
fn slow(item: &Item, options: &Options, errors: &mut Errors) -> Slow<Key> {
    match &options.slow {
        None | Some(Slow::Gap) => Slow::Gap,
        Some(Slow::Cut) => Slow::Cut,
        Some(Slow::Conflate(field)) => {
            conflate::find(item, field, errors).map_or(Slow::Gap, Slow::Conflate)
        }
    }
}

fn settings(options: &Options, slow: Slow<Key>) -> Settings {
    Settings {
        media: options.media.clone(),
        history: options.history,
        max_age: options.max_age,
        on_gap: options.on_gap.unwrap_or_default(),
        slow,
        presence: options.presence,
        group: options.group.as_ref().map(syn::LitStr::value).unwrap_or_default(),
    }
}

fn missing(item: &Item, options: &Options, errors: &mut Errors) {
    let pattern = options.given("pattern");
    if pattern.is_none() {
        let message = "a channel has a pattern for its names: `#[channel(\"todos/{list}\", …)]`";
        errors.at(item.ident.span(), message);
    }
    if options.given("access").is_none() {
        let message = "who may follow this channel? Add `public`, or `access = …` with an `async \
                       fn` that decides";
        errors.at(pattern.unwrap_or_else(|| item.ident.span()), message);
    }
    if let Some(history) = options.given("history")
        && options.given("on_gap").is_none()
    {
        let message = "what does a client do that was away for longer than the history? Add \
                       `on_gap = replay`, `snapshot`, `reload` or `ignore`";
        errors.at(history, message);
    }
}

/// What does not go with another option.
fn at_odds(options: &Options, errors: &mut Errors) {
    if let (Some(presence), Some(_)) = (options.given("presence"), options.given("content_type")) {
        let message = "joins and leaves are JSON, and this channel has `content_type`: declare \
                       another channel for who is there";
        errors.at(presence, message);
    }
}

/// The function as the expansion can name it.
fn own(access: &Access, item: &Item) -> Access {
    let Access::Asked(path) = access else { return access.clone() };
    let mut path: Path = path.clone();
    if let Some(first) = path.segments.first_mut()
        && first.ident == "Self"
    {
        first.ident = item.ident.clone();
    }
    Access::Asked(path)
}

fn too_many(access: Option<&Access>, parameters: usize, errors: &mut Errors) {
    if let Some(Access::Asked(path)) = access
        && parameters > MOST_ASKED
    {
        let message = format!(
            "an `access` function takes at most {MOST_ASKED} parameters of its channel: join some \
             in a type of your own with `comet::param!`"
        );
        errors.over(path, message);
    }
}

fn place(item: &Item, options: &Options) -> Place {
    Place {
        root: options.root.clone(),
        ident: item.ident.clone(),
        vis: item.vis.clone(),
        owner: None,
        cfgs: Vec::new(),
        link: None,
    }
}

/// What can be told of the number of placeholders in a pattern that is wrong.
fn placeholders(options: &Options) -> usize {
    let written =
        options.pattern.as_ref().map_or(0, |pattern| pattern.value().matches('{').count());
    if written == 0 { options.parameters.len() } else { written }
}
