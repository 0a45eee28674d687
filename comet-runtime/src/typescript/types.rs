//! The types that a file declares.

use std::collections::{BTreeMap, BTreeSet};

use super::{comments, layout, names};

/// Declarations by their names in TypeScript, gathered while handlers and channels are described.
#[derive(Debug, Default)]
pub(crate) struct Types {
    #[cfg(feature = "typescript")]
    pub(super) seen: std::collections::HashSet<std::any::TypeId>,
    pub(super) declared: BTreeMap<String, Declared>,
    /// Why the file cannot be written.
    pub(super) problems: BTreeSet<String>,
}

/// One type.
#[derive(Debug)]
pub(super) struct Declared {
    /// As Rust calls it.
    pub(super) rust: &'static str,
    /// A comment, or nothing.
    pub(super) docs: String,
    /// `type Todo = …;`
    pub(super) text: String,
}

/// What a value of a URL may be when nothing is known of it.
const TEXT: &str = "string | number | boolean";

impl Types {
    /// Adds a type. Two may be called alike as long as they are alike, as instances of a generic one are.
    #[cfg(feature = "typescript")]
    pub(super) fn declare(&mut self, name: String, declared: Declared) {
        match self.declared.get(&name) {
            Some(held) if held.text != declared.text => {
                let (one, other) = (held.rust, declared.rust);
                self.problems.insert(format!("two types would be called `{name}`: `{one}` and `{other}`; give one of them another name, `#[ts(rename = \"…\")]`"));
            }
            _ => drop(self.declared.insert(name, declared)),
        }
    }

    /// All types as the file has them.
    pub(super) fn written(&self) -> Vec<String> {
        let one = |declared: &Declared| {
            let docs = comments::comment(&comments::uncommented(&declared.docs), "");
            format!("{docs}export {}", layout::declaration(&declared.text))
        };
        self.declared.values().map(one).collect()
    }

    /// The names of all types, each with that of Rust.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.declared.iter().map(|(name, declared)| (name.as_str(), declared.rust))
    }

    /// What may be given for a value that stands in a URL, of whose type JSON makes `name`.
    ///
    /// A URL has what Rust's `Display` writes. That is what JSON has for numbers, booleans and texts; of a type of the
    /// user's own that is a number in JSON only the text is certain, and the number likely.
    pub(super) fn in_url(&self, name: Option<&str>, in_query: bool) -> String {
        let Some(name) = name else {
            return if in_query { format!("{TEXT} | null") } else { TEXT.to_owned() };
        };
        if in_query {
            if let Some(inner) = name.strip_suffix(" | null") {
                return format!("{} | null", self.in_url(Some(inner), false));
            }
            if let Some(inner) = name.strip_prefix("Array<").and_then(|n| n.strip_suffix('>')) {
                return format!("Array<{}>", self.in_url(Some(inner), false));
            }
        }
        match name {
            "string" | "number" | "boolean" => name.to_owned(),
            name => match self.declared.get(name).map(|declared| names::definition(&declared.text))
            {
                Some(definition) if names::is_text(definition) => name.to_owned(),
                _ => "string | number".to_owned(),
            },
        }
    }
}
