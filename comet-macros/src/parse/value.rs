//! The values of options.

use std::time::Duration;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::LitStr;

use super::options::{Link, Spanned};
use crate::model::Method;

/// A string literal, and nothing behind it.
pub(crate) fn text(tokens: &[TokenTree]) -> Option<LitStr> {
    let [TokenTree::Literal(literal)] = tokens else { return None };
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) if text.suffix().is_empty() => Some(text),
        _ => None,
    }
}

/// A string that can stand in a URL and in a symbol as it is.
pub(crate) fn word(tokens: &[TokenTree]) -> Option<LitStr> {
    text(tokens).filter(|text| {
        let text = text.value();
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        !text.is_empty() && text.bytes().all(fits)
    })
}

pub(crate) fn only_word(tokens: &[TokenTree]) -> Option<&Ident> {
    if let [TokenTree::Ident(word)] = tokens { Some(word) } else { None }
}

pub(super) fn method(tokens: &[TokenTree]) -> Option<Spanned<Method>> {
    let word = only_word(tokens)?;
    let value = Method::ALL.into_iter().find(|method| word == method.word())?;
    Some(Spanned { value, span: word.span() })
}

/// What is wrong with the value of an option that is one of a few words.
pub(crate) fn wrong_word(option: &str, words: &[&str], tokens: &[TokenTree]) -> String {
    let written =
        only_word(tokens).map(Ident::to_string).or_else(|| text(tokens).map(|t| t.value()));
    let all = words.join(", ");
    let Some(written) = written else { return format!("`{option}` is one of: {all}") };
    match comet_route::nearest(&written, words.iter().copied()) {
        Some(nearest) if nearest == written => {
            format!("write it without quotes: `{option} = {nearest}`")
        }
        Some(nearest) => format!("unknown {option} `{written}`, did you mean `{nearest}`?"),
        None => format!("unknown {option} `{written}`; expected one of: {all}"),
    }
}

pub(super) fn link(tokens: &[TokenTree]) -> Option<Spanned<Link>> {
    let word = only_word(tokens)?;
    let value = if word == "false" {
        Link::No
    } else {
        let name: syn::Result<Ident> = syn::parse2(TokenTree::from(word.clone()).into());
        Link::Named(name.ok()?)
    };
    Some(Spanned { value, span: word.span() })
}

pub(crate) fn path(tokens: &[TokenTree]) -> Option<syn::Path> {
    let tokens: TokenStream = tokens.iter().cloned().collect();
    syn::parse::Parser::parse2(syn::Path::parse_mod_style, tokens).ok()
}

/// `"500ms"`, `"30s"`, `"2m"` or `"1h"`.
pub(crate) fn duration(tokens: &[TokenTree]) -> Option<Duration> {
    let text = text(tokens)?.value();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let millis: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    let millis = number.parse::<u64>().ok()?.checked_mul(millis)?;
    (millis > 0).then(|| Duration::from_millis(millis))
}

/// `"64KiB"`, `"8MiB"` or `"1GiB"`, in bytes.
pub(super) fn size(tokens: &[TokenTree]) -> Option<usize> {
    let text = text(tokens)?.value();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let bytes: usize = match unit {
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    number.parse::<usize>().ok()?.checked_mul(bytes).filter(|size| *size > 0)
}

pub(crate) fn wrong_duration(option: &str, tokens: &[TokenTree]) -> String {
    let zero = text(tokens).is_some_and(|text| {
        let text = text.value();
        let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
        !digits.is_empty() && digits.bytes().all(|b| b == b'0')
    });
    if zero {
        return format!("`{option}` cannot be zero");
    }
    format!("`{option}` is written like \"500ms\", \"30s\", \"2m\" or \"1h\"")
}
