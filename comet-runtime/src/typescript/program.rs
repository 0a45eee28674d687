//! All that a file says, and the ways to say it.

use std::collections::BTreeMap;

use super::function::{Function, Language};
use super::{Types, channels, endpoints, helpers};
use crate::channel::{self, Declaration};
use crate::registry::{self, Endpoint};

/// The functions and types of a program, or of a part of it.
#[derive(Debug, Default)]
pub(super) struct Program {
    types: Types,
    handlers: Vec<Function>,
    channels: Vec<Function>,
}

/// What belongs to the file.
pub(super) struct Part<'p> {
    pub(super) group: &'p str,
    /// All of them when there are none.
    pub(super) crates: &'p [&'static str],
}

impl Part<'_> {
    fn has(&self, group: &str, module: &str) -> bool {
        let crate_name = module.split("::").next().unwrap_or_default();
        group == self.group && (self.crates.is_empty() || self.crates.contains(&crate_name))
    }

    fn endpoints(&self) -> Vec<&'static Endpoint> {
        let all = registry::linked().into_iter();
        let mut own: Vec<_> = all.filter(|one| self.has(one.group, one.module)).collect();
        own.sort_by_key(|endpoint| endpoint.names);
        own
    }

    fn channels(&self) -> Vec<&'static Declaration> {
        let all = channel::linked().into_iter();
        let mut own: Vec<_> = all.filter(|one| self.has(one.group, one.module)).collect();
        own.sort_by_key(|channel| channel.payload);
        own
    }
}

impl Program {
    /// Describes a part of what is linked.
    ///
    /// # Errors
    ///
    /// All that keeps the file from being written, a sentence each.
    pub(super) fn of(part: &Part<'_>) -> Result<Self, Vec<String>> {
        let (endpoints, channels) = (part.endpoints(), part.channels());
        let mut own = Self::default();
        for endpoint in &endpoints {
            own.handlers.extend(endpoints::functions(endpoint, &mut own.types));
        }
        for channel in &channels {
            own.channels.extend(channels::functions(channel, &mut own.types));
        }
        let modules = endpoints.iter().map(|one| one.module);
        let modules: Vec<_> = modules.chain(channels.iter().map(|one| one.module)).collect();
        let problems = own.problems(part, &modules);
        if problems.is_empty() { Ok(own) } else { Err(problems) }
    }

    fn problems(&self, part: &Part<'_>, modules: &[&str]) -> Vec<String> {
        let mut problems: Vec<_> = self.types.problems.iter().cloned().collect();
        let absent =
            |name: &&&str| !modules.iter().any(|module| module.split("::").next() == Some(**name));
        problems.extend(part.crates.iter().filter(absent).map(|name| {
            format!("the crate `{name}` has no handler and no channel in this program: link it, `use {name} as _;`, or leave it out")
        }));
        if modules.is_empty() && part.crates.is_empty() {
            problems.push("no handler and no channel is linked: mention their crates, `use my_handlers as _;`".to_owned());
        }
        problems.extend(self.clashes());
        problems
    }

    /// Functions and types that would have one name.
    fn clashes(&self) -> Vec<String> {
        let mut named: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        named.entry("Comet").or_default().push("the client's own types".to_owned());
        for function in self.handlers.iter().chain(&self.channels) {
            let source = format!("`{}`", function.body.replace(", options)", ", …)"));
            named.entry(&function.name).or_default().push(source);
        }
        for (name, rust) in self.types.names() {
            named.entry(name).or_default().push(format!("the type `{rust}`"));
        }
        let clashes = named.into_iter().filter(|(_, sources)| sources.len() > 1);
        clashes
            .map(|(name, sources)| {
                format!("two things would be called `{name}`: {}; give one of them another name, by `name = \"…\"` or `#[ts(rename = \"…\")]`", sources.join(" and "))
            })
            .collect()
    }

    /// The whole file.
    pub(super) fn written(&self, head: &str, client: &str, language: Language) -> String {
        let functions = |functions: &[Function]| {
            functions.iter().map(|function| function.written(language)).collect::<Vec<_>>()
        };
        let mut paragraphs = vec![format!("{head}\n{}", imports(client, language))];
        if language != Language::JavaScript {
            paragraphs.extend(self.types.written());
        }
        paragraphs.extend(functions(&self.handlers));
        paragraphs.extend(functions(&self.channels));
        let code = paragraphs.join("\n\n");
        paragraphs.extend(helpers::called_by(&code, language));
        paragraphs.join("\n\n") + "\n"
    }
}

fn imports(client: &str, language: Language) -> String {
    let code = format!("import {{ comet }} from \"{client}\";");
    let types = format!("import type * as Comet from \"{client}\";");
    match language {
        Language::TypeScript => format!("{code}\n{types}"),
        Language::JavaScript => code,
        Language::Declarations => types,
    }
}
