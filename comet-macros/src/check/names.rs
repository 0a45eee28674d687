//! The names that a handler is called by.

use syn::LitStr;

use super::endpoint::Found;
use crate::errors::Errors;
use crate::model::Name;
use crate::tokens::unraw;

/// The names given, or the one that the handler has by itself.
pub(super) fn of(given: &[LitStr], found: &Found<'_>, errors: &mut Errors) -> Vec<Name> {
    if given.is_empty() {
        return vec![own(found, errors)];
    }
    let mut names: Vec<Name> = Vec::new();
    for literal in given {
        let name = Name { text: literal.value(), span: literal.span() };
        if names.iter().any(|other| other.text == name.text) {
            errors.at(name.span, format!("the name `{}` is given twice", name.text));
        }
        names.push(name);
    }
    names
}

fn own(found: &Found<'_>, errors: &mut Errors) -> Name {
    let function = unraw(found.ident);
    let text = match &found.context.owner {
        Some(owner) => format!("{}_{function}", snake(&unraw(&owner.ident))),
        None => function,
    };
    if !text.is_ascii() {
        let message = format!("`{text}` cannot stand in a URL: give the handler a `name = \"…\"`");
        errors.at(found.ident.span(), message);
    }
    Name { text, span: found.ident.span() }
}

/// `HttpJobs` and `HTTPJobs` are `http_jobs`.
fn snake(camel: &str) -> String {
    let mut out = String::new();
    let mut letters = camel.chars().peekable();
    let mut before = None;
    while let Some(letter) = letters.next() {
        let starts = letter.is_uppercase()
            && before.is_some_and(|before: char| {
                before != '_'
                    && (!before.is_uppercase() || letters.peek().is_some_and(|c| c.is_lowercase()))
            });
        if starts {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
        before = Some(letter);
    }
    out
}
