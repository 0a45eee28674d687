//! The media type of a channel of bytes.

use proc_macro2::TokenTree;
use syn::LitStr;

use super::value::example;
use crate::parse::value as shared;

/// Types that a browser runs or reads as more than the bytes they are, and everything that is XML.
const REFUSED: [&str; 12] = [
    "application/ecmascript",
    "application/javascript",
    "application/json",
    "application/pdf",
    "application/x-javascript",
    "application/x-shockwave-flash",
    "application/xml",
    "text/ecmascript",
    "text/event-stream",
    "text/html",
    "text/javascript",
    "text/xml",
];

/// A media type without parameters, in small letters.
pub(super) fn read(tokens: &[TokenTree]) -> Option<LitStr> {
    shared::text(tokens).filter(|text| finding(&text.value()).is_none())
}

/// What is wrong with the value.
pub(super) fn wrong(tokens: &[TokenTree]) -> String {
    let example = example("content_type");
    match shared::text(tokens).map(|text| text.value()) {
        Some(text) => finding(&text).unwrap_or_default(),
        None => format!("`content_type` is {example}"),
    }
}

fn finding(text: &str) -> Option<String> {
    let named = |name: &str| {
        name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    if text.contains(';') {
        return Some("`content_type` has no parameters: leave out what follows `;`".to_owned());
    }
    match text.split_once('/') {
        Some((kind, subtype)) if named(kind) && named(subtype) && text.len() <= 127 => {}
        _ => return Some(format!("`{text}` is no media type; write {}", example("content_type"))),
    }
    let small = text.to_ascii_lowercase();
    if small != text {
        return Some(format!("write it in small letters: `content_type = \"{small}\"`"));
    }
    let refused = match text {
        "application/json" => "JSON is what a channel without `content_type` has: leave it out",
        _ if text.starts_with("multipart/") || text.starts_with("message/") => {
            "a channel's event is one part, so its `content_type` cannot be one of several parts"
        }
        _ if text.ends_with("+xml") || REFUSED.contains(&text) => {
            "a browser may run what is in it; publish bytes that are only shown, such as \
             \"image/png\" or \"image/jpeg\""
        }
        _ => return None,
    };
    Some(refused.to_owned())
}
