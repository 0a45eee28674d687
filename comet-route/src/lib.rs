//! The route grammar of Comet.

mod braces;
mod decode;
mod encode;
mod error;
mod hint;
mod legacy;
mod literal;
mod matching;
mod model;
mod name;
mod nearest;
mod normalize;
mod overlap;
mod parse;
mod percent;
mod piece;
mod placeholder;
mod prefix;
mod query;
mod render;
mod segment;
mod shape;
mod spell;

pub use decode::{DecodeError, decode};
pub use encode::{encode_query_value, encode_rest, encode_segment, fits_rest, fits_segment};
pub use error::ParseError;
pub use hint::nearest_route;
pub use model::{
    MAX_BYTES, MAX_PATH_PLACEHOLDERS, MAX_PLACEHOLDERS, Place, Placeholder, Route, Segment,
};
pub use nearest::nearest;
pub use normalize::normalize_path;
pub use prefix::Prefix;
pub use render::RenderError;
