//! No token stream makes the macros panic, and none loses the user's item.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use proptest::prelude::*;

use crate::channel;
use crate::model::Kind;
use crate::run::run;

/// Words that mean something to the macros, and strings.
const WORDS: &str = "\
    fn async impl pub const unsafe extern self Self mut for where comet longpoll cfg \
    cfg_attr route name alias method GET public skip timeout on_timeout resume link \
    prefix crate group false x id Page Option str struct dyn static default type _ enum \
    union channel history max_age on_gap slow access replay cut conflate by presence \
    content_type snapshot u8";

const TEXTS: [&str; 15] = [
    "",
    "/",
    "/{id}",
    "/a/{x}?{id}",
    "/{*rest}",
    "/:id",
    "30s",
    "0s",
    "99999999999999999999h",
    "/é/{id",
    "jobs",
    "/comet/x",
    "1ö",
    "todos/{list}",
    "image/png",
];

/// One of them, or a character.
fn token() -> impl Strategy<Value = TokenTree> {
    let word = prop::sample::select(WORDS.split_whitespace().collect::<Vec<_>>())
        .prop_map(|word| TokenTree::Ident(Ident::new(word, Span::call_site())));
    let raw = Just(TokenTree::Ident(Ident::new_raw("type", Span::call_site())));
    let punct =
        (prop::sample::select("=,;:!#&<>'->.?|@$*".chars().collect::<Vec<_>>()), any::<bool>())
            .prop_map(|(c, joint)| {
                let spacing = if joint { Spacing::Joint } else { Spacing::Alone };
                TokenTree::Punct(Punct::new(c, spacing))
            });
    let text =
        prop_oneof![prop::sample::select(TEXTS.to_vec()).prop_map(str::to_owned), ".{0,12}",]
            .prop_map(|text| TokenTree::Literal(Literal::string(&text)));
    let other = prop_oneof![
        Just(Literal::u8_suffixed(3)),
        Just(Literal::usize_unsuffixed(256)),
        Just(Literal::f64_unsuffixed(0.5)),
        Just(Literal::character('é')),
        Just(Literal::byte_string(b"/x")),
    ]
    .prop_map(TokenTree::Literal);
    prop_oneof![6 => word, 1 => raw, 4 => punct, 3 => text, 1 => other]
}

fn stream() -> impl Strategy<Value = TokenStream> {
    let leaf = prop::collection::vec(token(), 0..12);
    let tokens = leaf.prop_recursive(3, 48, 8, |inner| {
        let delimiter = prop::sample::select(vec![
            Delimiter::Parenthesis,
            Delimiter::Brace,
            Delimiter::Bracket,
            Delimiter::None,
        ]);
        let group = (delimiter, inner).prop_map(|(delimiter, inner)| {
            TokenTree::Group(Group::new(delimiter, inner.into_iter().collect()))
        });
        prop::collection::vec(prop_oneof![2 => token(), 1 => group], 0..10)
    });
    tokens.prop_map(|tokens| tokens.into_iter().collect())
}

/// A function or block that is nearly right.
fn item() -> impl Strategy<Value = TokenStream> {
    let part = || stream().prop_map(|part| part.to_string());
    prop_oneof![
        stream(),
        (part(), part()).prop_map(|(arguments, rest)| spelt(&format!(
            "async fn a({arguments}) {rest} {{ body }}"
        ))),
        (part(), part()).prop_map(|(before, ty)| {
            spelt(&format!(
                "impl {ty} {{ {before} pub async fn a(&self, id: {ty}) -> {ty} {{ body }} }}"
            ))
        }),
        part().prop_map(|options| {
            spelt(&format!("impl Jobs {{ #[comet({options})] pub async fn a(&self) {{ body }} }}"))
        }),
    ]
}

fn spelt(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn nothing_makes_them_panic(options in stream(), item in item(), comet in any::<bool>()) {
        let kind = if comet { Kind::Comet } else { Kind::LongPoll };
        let bodies = item.to_string().matches("{ body }").count();
        let made = run(kind, options, item).to_string();
        prop_assert_eq!(made.matches("{ body }").count(), bodies);
    }

    #[test]
    fn no_options_make_them_panic(options in stream()) {
        for item in ["async fn a(id: u8, x: &str) {}", "impl Jobs { pub async fn a(&self) {} }"] {
            run(Kind::Comet, options.clone(), spelt(item));
        }
    }

    #[test]
    fn no_options_make_a_channel_panic(options in stream(), before in stream(), behind in stream()) {
        let item = format!("{before} enum Event {behind} {{ body }}");
        let made = channel::run(options.clone(), &spelt(&item)).to_string();
        prop_assert_eq!(made.matches("{ body }").count(), spelt(&item).to_string().matches("{ body }").count());
        channel::run(options, &spelt("struct Event(u8);"));
    }

    #[test]
    fn nothing_that_a_channel_stands_on_makes_it_panic(options in stream(), item in item()) {
        let bodies = item.to_string().matches("{ body }").count();
        let made = channel::run(options, &item).to_string();
        prop_assert_eq!(made.matches("{ body }").count(), bodies);
    }
}
