//! Everything that is refused, each mistake once, at the user's own token and with the way out.

mod arguments;
mod block;
mod duplicates;
mod endpoint;
mod handler;
mod names;
mod placeholders;
mod plain;
mod routes;
mod shape;
mod types;

pub(crate) use plain::is_plain;
pub(crate) use types::{anchor, name as type_name};

use crate::errors::Errors;
use crate::model::Checked;
use crate::parse::Item;

/// Checks what was written. The result is complete only if no error was added.
pub(crate) fn check(item: &Item, errors: &mut Errors) -> Checked {
    match item {
        Item::Block(block) => block::check(block, errors),
        Item::Function(function) => {
            let root = function.own.first().and_then(|own| own.options.root.clone());
            let mut checked = Checked::default();
            handler::check(function, &handler::Context::of_function(root), &mut checked, errors);
            duplicates::check(&checked.handlers, errors);
            checked
        }
    }
}
