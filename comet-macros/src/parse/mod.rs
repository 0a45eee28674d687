//! From tokens to what the user wrote, nothing judged yet but its syntax.

mod attribute;
mod block;
mod function;
mod item;
mod options;
mod own;
pub(crate) mod value;

pub(crate) use attribute::Attribute;
pub(crate) use block::Block;
pub(crate) use function::Function;
pub(crate) use item::{Item, keyword, read};
pub(crate) use options::{Link, Options, keep};
pub(crate) use own::without_own_attributes;
