//! The options of an attribute: `"/route", method = POST, public`.

use std::time::Duration;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::LitStr;

use super::value;
use crate::errors::Errors;
use crate::model::{Kind, Method};
use crate::tokens::ungroup;

/// A value and where it is written.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// The options that were given; what is wrong with their values has been said.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) route: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) names: Vec<LitStr>,
    pub(crate) method: Option<Spanned<Method>>,
    pub(crate) public: Option<Span>,
    pub(crate) skip: Option<Span>,
    pub(crate) group: Option<LitStr>,
    pub(crate) link: Option<Spanned<Link>>,
    pub(crate) root: Option<syn::Path>,
    pub(crate) resume: Option<Duration>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) on_timeout: Option<syn::Path>,
    /// In bytes.
    pub(crate) body_limit: Option<usize>,
    pub(crate) prefix: Option<LitStr>,
    /// How many options there are.
    pub(crate) given: usize,
}

/// What is wanted of the link.
#[derive(Clone, Debug)]
pub(crate) enum Link {
    No,
    Named(Ident),
}

/// What the attribute stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Function,
    Method,
    Block,
}

/// Every option, in the order in which messages list them.
const ALL: [&str; 14] = [
    "route",
    "alias",
    "method",
    "name",
    "public",
    "group",
    "resume",
    "timeout",
    "on_timeout",
    "body_limit",
    "link",
    "skip",
    "prefix",
    "crate",
];

fn fits(option: &str, kind: Kind, target: Target) -> bool {
    match option {
        "resume" => kind == Kind::Comet && target != Target::Block,
        "timeout" | "on_timeout" => kind == Kind::LongPoll && target != Target::Block,
        "public" | "group" => true,
        "skip" => target == Target::Method,
        "prefix" => target == Target::Block,
        "crate" => target != Target::Method,
        _ => target != Target::Block,
    }
}

/// Reads the options of one attribute.
pub(super) fn read(
    kind: Kind,
    target: Target,
    tokens: TokenStream,
    errors: &mut Errors,
) -> Options {
    let mut reader = Reader { kind, target, errors, seen: Vec::new(), options: Options::default() };
    let tokens: Vec<TokenTree> = tokens.into_iter().map(ungroup).collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ',');
    for part in tokens.split_inclusive(is_comma) {
        match part {
            [comma] if is_comma(comma) => {
                reader.errors.at(comma.span(), "an option is missing before this comma");
            }
            [first, rest @ .., comma] if is_comma(comma) => reader.one(first, rest),
            [first, rest @ ..] => reader.one(first, rest),
            [] => {}
        }
    }
    reader.options.given = reader.seen.len();
    reader.options
}

struct Reader<'e> {
    kind: Kind,
    target: Target,
    errors: &'e mut Errors,
    seen: Vec<String>,
    options: Options,
}

impl Reader<'_> {
    /// What stands between two commas.
    fn one(&mut self, first: &TokenTree, rest: &[TokenTree]) {
        match (first, rest) {
            (TokenTree::Literal(_), []) => self.positional(first),
            (TokenTree::Literal(_), [next, ..]) => self.errors.at(next.span(), "expected `,`"),
            (TokenTree::Ident(key), []) => self.flag(key),
            (TokenTree::Ident(key), [TokenTree::Punct(eq), value @ ..]) if eq.as_char() == '=' => {
                self.pair(key, value);
            }
            (TokenTree::Ident(_), [TokenTree::Punct(bang), ..]) if bang.as_char() == '!' => {
                self.errors.at(first.span(), NOT_A_LITERAL);
            }
            (TokenTree::Ident(_), [next, ..]) => {
                self.errors.at(next.span(), "expected `=` or `,`");
            }
            _ => self.errors.at(first.span(), "expected `option = value`"),
        }
    }

    fn positional(&mut self, literal: &TokenTree) {
        match value::text(std::slice::from_ref(literal)) {
            Some(_) if self.target == Target::Block => {
                self.errors.at(literal.span(), ROUTE_ON_BLOCK);
            }
            Some(route) if self.first("route", literal.span()) => self.options.route = Some(route),
            Some(_) => {}
            None => self.errors.at(
                literal.span(),
                "expected `option = value`, or the route as a string literal like \"/tasks/{id}\"",
            ),
        }
    }

    /// A word without a value.
    fn flag(&mut self, word: &Ident) {
        let text = word.to_string();
        match text.as_str() {
            _ if !self.known(word) => {}
            "public" => self.options.public = Some(word.span()),
            "skip" => self.options.skip = Some(word.span()),
            _ => self.errors.at(word.span(), format!("`{text}` needs a value: {}", example(&text))),
        }
    }

    fn pair(&mut self, key: &Ident, tokens: &[TokenTree]) {
        let text = key.to_string();
        if !self.known(key) {
            return;
        }
        if matches!(text.as_str(), "public" | "skip") {
            self.errors.at(key.span(), format!("`{text}` takes no value: write `{text}`"));
            return;
        }
        if !self.set(&text, tokens) {
            let span = tokens.first().map_or_else(|| key.span(), TokenTree::span);
            let text = wrong_value(&text, tokens);
            self.errors.at(span, text);
        }
    }

    /// Keeps a value if it is one for the option.
    fn set(&mut self, key: &str, tokens: &[TokenTree]) -> bool {
        let options = &mut self.options;
        match key {
            "route" => keep(&mut options.route, value::text(tokens)),
            "group" => keep(&mut options.group, value::word(tokens)),
            "prefix" => keep(&mut options.prefix, value::text(tokens)),
            "alias" => value::text(tokens).map(|text| options.aliases.push(text)).is_some(),
            "name" => value::word(tokens).map(|text| options.names.push(text)).is_some(),
            "method" => keep(&mut options.method, value::method(tokens)),
            "link" => keep(&mut options.link, value::link(tokens)),
            "crate" => keep(&mut options.root, value::path(tokens)),
            "resume" => keep(&mut options.resume, value::duration(tokens)),
            "timeout" => keep(&mut options.timeout, value::duration(tokens)),
            "on_timeout" => keep(&mut options.on_timeout, value::path(tokens)),
            "body_limit" => keep(&mut options.body_limit, value::size(tokens)),
            _ => true,
        }
    }

    /// Whether an option exists, belongs here and is given for the first time; says so if not.
    fn known(&mut self, key: &Ident) -> bool {
        let text = key.to_string();
        if !ALL.contains(&text.as_str()) {
            let message = self.unknown(&text);
            self.errors.at(key.span(), message);
            return false;
        }
        if !fits(&text, self.kind, self.target) {
            let message = misplaced(&text, self.kind, self.target);
            self.errors.at(key.span(), message);
            return false;
        }
        self.first(&text, key.span())
    }

    fn first(&mut self, option: &str, span: Span) -> bool {
        let again = self.seen.iter().any(|seen| seen == option);
        self.seen.push(option.to_owned());
        if again && !matches!(option, "alias" | "name") {
            let more = if option == "route" { "; a further one is an `alias`" } else { "" };
            self.errors.at(span, format!("`{option}` is given twice{more}"));
            return false;
        }
        true
    }

    fn unknown(&self, option: &str) -> String {
        let here: Vec<_> =
            ALL.into_iter().filter(|option| fits(option, self.kind, self.target)).collect();
        if option.chars().all(|c| c.is_uppercase() || c == '_') {
            return NOT_A_LITERAL.to_owned();
        }
        match comet_route::nearest(option, here.iter().copied()) {
            Some(nearest) => format!("unknown option `{option}`, did you mean `{nearest}`?"),
            None => format!("unknown option `{option}`; expected one of: {}", here.join(", ")),
        }
    }
}

/// Sets an option's value, and says whether there was one.
pub(crate) fn keep<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    *place = value;
    place.is_some()
}

const NOT_A_LITERAL: &str =
    "the route must be a string literal, so that it can be checked at compile time";
const ROUTE_ON_BLOCK: &str =
    "the route goes on the methods; what they share is written `prefix = \"/…\"`";

fn misplaced(option: &str, kind: Kind, target: Target) -> String {
    match (option, target) {
        ("route" | "alias", Target::Block) => ROUTE_ON_BLOCK.to_owned(),
        ("timeout" | "on_timeout" | "resume", Target::Block) => {
            format!("`{option}` goes on the methods")
        }
        ("on_timeout", _) if kind == Kind::Comet => {
            "only `#[longpoll]` has `on_timeout`; a `#[comet]` handler is not answered before it \
             returns"
                .to_owned()
        }
        ("timeout", _) if kind == Kind::Comet => {
            "only `#[longpoll]` has a `timeout`; a `#[comet]` handler that is to outlive its \
             connection has `resume`"
                .to_owned()
        }
        ("resume", _) => "only `#[comet]` has `resume`; how long a `#[longpoll]` request is held \
                          is its `timeout`"
            .to_owned(),
        ("skip", Target::Function) => {
            "`skip` is for methods of an annotated `impl` block; remove the attribute".to_owned()
        }
        ("prefix", _) => "`prefix` goes on the `impl` block".to_owned(),
        ("crate", Target::Method) => "`crate` goes on the `impl` block".to_owned(),
        (_, Target::Block) => format!("`{option}` goes on the methods"),
        _ => format!("`{option}` cannot be given here"),
    }
}

fn example(option: &str) -> &'static str {
    match option {
        "method" => "`method = POST`",
        "link" => "`link = other_name` or `link = false`",
        "resume" | "timeout" => "a time like \"30s\"",
        "on_timeout" => {
            "the path to a function that replies instead, like `on_timeout = nothing_new`"
        }
        "body_limit" => "a size like \"64KiB\", \"8MiB\" or \"1GiB\"",
        "crate" => "`crate = path::to::comet`",
        "prefix" => "`prefix = \"/jobs\"`",
        "name" | "group" => "letters, digits, `-` and `_` in quotes",
        _ => "a string literal like \"/tasks/{id}\"",
    }
}

fn wrong_value(option: &str, tokens: &[TokenTree]) -> String {
    match option {
        "method" => value::wrong_word("method", &Method::ALL.map(Method::word), tokens),
        "route" | "alias" if !matches!(tokens, [TokenTree::Literal(_), ..]) => {
            NOT_A_LITERAL.to_owned()
        }
        "resume" | "timeout" => value::wrong_duration(option, tokens),
        _ => format!("`{option}` is {}", example(option)),
    }
}
