//! The options of `#[channel]`: `"todos/{list}", list: u64, history = 256, access = may_watch`.

use std::time::Duration;

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use syn::{LitStr, Path, Type};

use super::media;
use super::model::{Access, OnGap, Slow};
use super::parts::{Part, parts};
use super::value;
use crate::errors::Errors;
use crate::parse::keep;
use crate::parse::value as shared;

/// The options that were given; what is wrong with their values has been said.
#[derive(Default)]
pub(super) struct Options {
    pub(super) pattern: Option<LitStr>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) media: Option<LitStr>,
    pub(super) history: Option<usize>,
    pub(super) max_age: Option<Duration>,
    pub(super) on_gap: Option<OnGap>,
    pub(super) slow: Option<Slow>,
    pub(super) presence: Option<Duration>,
    pub(super) access: Option<Access>,
    pub(super) group: Option<LitStr>,
    pub(super) root: Option<Path>,
    /// Whether some part could not be read at all, so that nothing is missing for certain.
    pub(super) garbled: bool,
    /// What was given, be it right or wrong.
    given: Vec<(String, Span)>,
}

/// A placeholder's declaration: `list: u64`.
pub(super) struct Parameter {
    pub(super) ident: Ident,
    /// `None` if what follows the colon is no type.
    pub(super) ty: Option<Type>,
}

impl Options {
    /// Where an option, or a `{placeholder}`, is given, be its value right or wrong.
    pub(super) fn given(&self, option: &str) -> Option<Span> {
        self.given.iter().find(|(given, _)| given == option).map(|(_, span)| *span)
    }
}

/// Every option, in the order in which messages list them.
const ALL: [&str; 10] = [
    "history",
    "max_age",
    "on_gap",
    "access",
    "public",
    "slow",
    "presence",
    "content_type",
    "group",
    "crate",
];

/// Reads the options of one attribute.
pub(super) fn read(tokens: TokenStream, errors: &mut Errors) -> Options {
    let mut reader = Reader { options: Options::default(), errors };
    for part in parts(tokens) {
        match part {
            Part::Literal(literal) => reader.pattern(literal),
            Part::Word(word) => reader.word(&word),
            Part::Option(key, value) => reader.option(&key, &value),
            Part::Typed(ident, ty) => reader.parameter(ident, ty),
            Part::Evaluated(span) => reader.not_a_literal(span),
            Part::Wrong(span, message) => {
                reader.options.garbled = true;
                reader.errors.at(span, message);
            }
        }
    }
    reader.options
}

struct Reader<'e> {
    options: Options,
    errors: &'e mut Errors,
}

impl Reader<'_> {
    fn pattern(&mut self, literal: Literal) {
        let span = literal.span();
        let again = self.note("pattern", span);
        match shared::text(&[TokenTree::Literal(literal)]) {
            Some(_) if again => {
                self.errors.at(span, "a type has one pattern; publish another type on the other");
            }
            Some(pattern) => self.options.pattern = Some(pattern),
            None => {
                let message = "expected `option = value`, or the pattern as a string literal like \
                               \"todos/{list}\"";
                self.errors.at(span, message);
            }
        }
    }

    fn word(&mut self, word: &Ident) {
        let text = word.to_string();
        match text.as_str() {
            _ if !self.known(word) => {}
            "public" => self.options.access = Some(Access::Public),
            "presence" => self.options.presence = Some(value::STAY),
            _ => {
                let example = value::example(&text);
                self.errors.at(word.span(), format!("`{text}` needs a value: {example}"));
            }
        }
    }

    fn option(&mut self, key: &Ident, tokens: &[TokenTree]) {
        let text = key.to_string();
        if !self.known(key) {
            return;
        }
        if text == "public" {
            self.errors.at(key.span(), "`public` takes no value: write `public`");
        } else if !self.set(&text, tokens) {
            let span = tokens.first().map_or_else(|| key.span(), TokenTree::span);
            self.errors.at(span, value::wrong(&text, tokens));
        }
    }

    /// Keeps a value if it is one for the option.
    fn set(&mut self, key: &str, tokens: &[TokenTree]) -> bool {
        let options = &mut self.options;
        match key {
            "content_type" => keep(&mut options.media, media::read(tokens)),
            "history" => keep(&mut options.history, value::history(tokens)),
            "max_age" => keep(&mut options.max_age, shared::duration(tokens)),
            "on_gap" => keep(&mut options.on_gap, value::choice(tokens)),
            "slow" => keep(&mut options.slow, value::slow(tokens)),
            "presence" => keep(&mut options.presence, value::stay(tokens)),
            "access" => keep(&mut options.access, value::access(tokens)),
            "group" => keep(&mut options.group, shared::word(tokens)),
            _ => keep(&mut options.root, shared::path(tokens)),
        }
    }

    fn parameter(&mut self, ident: Ident, ty: TokenStream) {
        let ty = syn::parse2(ty).ok();
        if ty.is_none() {
            let message = format!("`{ident}` needs a type, as in `{ident}: u64`");
            self.errors.at(ident.span(), message);
        }
        self.options.parameters.push(Parameter { ident, ty });
    }

    /// Whether an option exists and is given for the first time; says so if not.
    fn known(&mut self, key: &Ident) -> bool {
        let text = key.to_string();
        if !ALL.contains(&text.as_str()) {
            self.unknown(&text, key.span());
            return false;
        }
        let again = self.note(&text, key.span());
        let access = matches!(text.as_str(), "access" | "public");
        if again && access {
            let message = "who may follow is said twice: keep `public` or `access = …`";
            self.errors.at(key.span(), message);
        } else if again {
            self.errors.at(key.span(), format!("`{text}` is given twice"));
        }
        !again
    }

    /// Refuses what is no option. What was meant counts as given, so that nobody is asked for it as well.
    fn unknown(&mut self, option: &str, span: Span) {
        if option.chars().all(|c| c.is_uppercase() || c == '_') {
            return self.not_a_literal(span);
        }
        let hole = format!("{{{option}}}");
        let message = if self.names(&hole) {
            self.note(&hole, span);
            format!("the type of a placeholder follows a colon: `{option}: Type`")
        } else if matches!(option, "pattern" | "name" | "route") {
            self.note("pattern", span);
            "the pattern stands without a name: `#[channel(\"todos/{list}\", …)]`".to_owned()
        } else if let Some(nearest) = comet_route::nearest(option, ALL) {
            self.note(nearest, span);
            format!("unknown option `{option}`, did you mean `{nearest}`?")
        } else {
            let all = ALL.join(", ");
            format!(
                "unknown option `{option}`; expected one of: {all}, or `name: Type` for a placeholder"
            )
        };
        self.errors.at(span, message);
    }

    /// Whether the pattern has the placeholder.
    fn names(&self, hole: &str) -> bool {
        self.options.pattern.as_ref().is_some_and(|pattern| pattern.value().contains(hole))
    }

    fn not_a_literal(&mut self, span: Span) {
        self.note("pattern", span);
        let message = "the pattern must be a string literal, so that it can be checked at compile \
                       time";
        self.errors.at(span, message);
    }

    /// Notes that an option is given, and says whether it was before.
    fn note(&mut self, option: &str, span: Span) -> bool {
        let option = if option == "public" { "access" } else { option };
        let again = self.options.given(option).is_some();
        self.options.given.push((option.to_owned(), span));
        again
    }
}
