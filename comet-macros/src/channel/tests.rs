//! `#[channel]` without a compiler. What the compiler says of its output is in the workspace's `tests/ui`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::Duration;

use proc_macro2::TokenStream;

use super::model::{Access, Channel, OnGap, Slow};
use super::{check, item, options};
use crate::errors::Errors;
use crate::model::Broken;

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap()
}

fn run(options: &str, item: &str) -> String {
    super::run(tokens(options), &tokens(item)).to_string()
}

fn checked(options: &str, item: &str) -> (Option<Result<Channel, Box<Broken>>>, Vec<String>) {
    let mut errors = Errors::default();
    let options = options::read(tokens(options), &mut errors);
    let read = item::read(tokens(item), &mut errors);
    let checked = read.map(|item| check::check(&item, &options, &mut errors));
    (checked, errors.messages())
}

/// A declaration that is as it should be.
fn channel(options: &str) -> Channel {
    let (checked, errors) = checked(options, "pub struct Event;");
    assert_eq!(errors, [""; 0]);
    let Some(Ok(channel)) = checked else { panic!("{options} is refused in silence") };
    channel
}

/// What is wrong with a declaration.
fn errors(options: &str) -> Vec<String> {
    checked(options, "struct Event;").1
}

/// What is wrong with a pattern of a public channel, the first line and the last.
fn wrong(pattern: &str) -> Vec<[String; 2]> {
    let errors = errors(&format!("{pattern:?}, public"));
    let ends = |error: String| {
        let (first, last) = (error.lines().next(), error.lines().last());
        [first.unwrap().to_owned(), last.unwrap().to_owned()]
    };
    errors.into_iter().map(ends).collect()
}

#[test]
fn what_is_not_said_has_a_value() {
    let channel = channel(r#""clicks", public"#);
    assert!(matches!(channel.access, Access::Public));
    assert!(channel.parameters.is_empty());
    let settings = channel.settings;
    assert_eq!((settings.history, settings.max_age, &*settings.group), (None, None, ""));
    assert_eq!((settings.on_gap, settings.slow), (OnGap::Replay, Slow::Gap));
    assert_eq!(settings.presence, None);
}

#[test]
fn every_option_is_kept() {
    let channel = channel(
        r#""todos", history = 1_000_000, max_age = "10m", on_gap = ignore, slow = cut,
           content_type = "image/png", group = "a", access = rules::may_watch, crate = push"#,
    );
    let Access::Asked(path) = &channel.access else { panic!("it is public") };
    assert_eq!(path.segments.last().unwrap().ident, "may_watch");
    assert!(channel.place.root.unwrap().is_ident("push"));
    let settings = channel.settings;
    assert_eq!(settings.media.as_ref().map(syn::LitStr::value).as_deref(), Some("image/png"));
    assert_eq!(settings.history, Some(1_000_000));
    assert_eq!(settings.max_age, Some(Duration::from_secs(600)));
    assert_eq!((settings.on_gap, settings.slow, &*settings.group), (OnGap::Ignore, Slow::Cut, "a"));
}

#[test]
fn presence_stands_alone_or_has_a_time() {
    for (options, seconds) in [("presence", 15), (r#"presence = "2m""#, 120)] {
        let settings = channel(&format!(r#""todos", public, {options}"#)).settings;
        assert_eq!(settings.presence, Some(Duration::from_secs(seconds)), "{options}");
    }
}

#[test]
fn self_is_the_type() {
    let channel = channel(r#""todos", access = Self::may_watch"#);
    let Access::Asked(path) = &channel.access else { panic!("it is public") };
    assert_eq!(path.segments.first().unwrap().ident, "Event");
}

#[test]
fn parameters_are_in_the_order_of_the_pattern() {
    let channel =
        channel(r#""{a}/x/{type}/{b}", b: Id<A, fn(u8) -> B>, r#type: ::a::B, a: u64, public"#);
    let names: Vec<_> = channel.parameters.iter().map(|parameter| &*parameter.name).collect();
    assert_eq!(names, ["a", "type", "b"]);
}

#[test]
fn a_pattern_is_refused_in_its_own_words() {
    for (pattern, message, help) in [
        ("", "a channel has a name", "write what the channel is about: \"todos/{list}\""),
        ("/a/{b", "a channel's name does not start with `/`", "write it without: \"a/{b\""),
        ("a//b", "the pattern has an empty segment (`//`)", "write \"a/b\""),
        ("a/", "a pattern does not end with `/`", "write \"a\""),
        (
            "a?b",
            "`?` is not allowed in a pattern",
            "leave it out: a channel's name is segments only, and each has a value",
        ),
        (
            ":id",
            "channel parameters are written `{id}`, not `:id`",
            "write `{id}` and declare `id`",
        ),
        (
            "a/*",
            "a pattern has no rest: channels are named segment by segment",
            "give each segment a name of its own: `{name}`",
        ),
        (
            "{*a}/b",
            "a pattern has no rest: channels are named segment by segment",
            "give each segment a name of its own: `{name}`",
        ),
        (
            "route-{id}",
            "a parameter must be a whole segment: `route-{id}`",
            "take the whole segment with `{id}` and split it where it is used",
        ),
        ("{id: u8}", "the type stands beside the pattern, as in `name: Type`", "write `{id}`"),
        ("{}", "`{}` is not a valid parameter name", "name the parameter: `{id}`"),
        ("{self}", "`{self}` cannot name a parameter", "choose a name such as `{id}`"),
        ("a/{id", "unclosed `{` in the pattern", "write `{id}`, or `%7B` for the character itself"),
        (
            "{a}/{a}",
            "`{a}` appears twice in the pattern",
            "give each placeholder a name of its own",
        ),
        (
            "a/..",
            "`..` cannot be a segment of a pattern",
            "clients resolve `.` and `..` before they send a request: write the path that is meant",
        ),
        ("route s", "` ` is not allowed in a pattern", "percent-encode it: `route%20s`"),
    ] {
        assert_eq!(wrong(pattern).first().unwrap(), &[message.to_owned(), format!("help: {help}")]);
    }
}

#[test]
fn carets_stand_below_the_mistake_in_the_pattern() {
    let drawn = |options| errors(options).pop().unwrap().lines().nth(2).unwrap().to_owned();
    assert_eq!(drawn(r#""todos/:id", public"#), "         ^^^");
    assert_eq!(drawn(r#""todos/{a}/{a}", a: u8, public"#), "         --- ^^^");
    assert_eq!(drawn(r#""todos/{*rest}", rest: u8, public"#), "         ^^^^^^^");
    assert_eq!(drawn(r#""todos/{id}", public"#), "         ^^^^");
}

#[test]
fn one_mistake_is_said_once() {
    for (options, message) in [
        (r#""a", publc"#, "unknown option `publc`, did you mean `public`?"),
        (r#""a", public = true"#, "`public` takes no value: write `public`"),
        (r#""a", public, public"#, "who may follow is said twice: keep `public` or `access = …`"),
        (
            r#""a", access"#,
            "`access` needs a value: `public`, or the path to an `async fn` that decides who may follow",
        ),
        (r#""a", public,, slow = cut"#, "an option is missing before this comma"),
        (r#""a" "b", public"#, "expected `,`"),
        (r#""a", public, a::B"#, "expected `=`, `:` or `,`"),
        (r#""a", public, (x)"#, "expected `option = value`, or `name: Type` for a placeholder"),
        (
            r#"concat!("a"), public"#,
            "the pattern must be a string literal, so that it can be checked at compile time",
        ),
        (
            r#"3, public"#,
            "expected `option = value`, or the pattern as a string literal like \"todos/{list}\"",
        ),
        (
            r#""a", public, history = 3, ongap = replay"#,
            "unknown option `ongap`, did you mean `on_gap`?",
        ),
        (
            r#""a", public, history = -1, on_gap = replay"#,
            "`history` is a number of entries, like `history = 256`",
        ),
        (
            r#""a", public, history = 99999999999999999999999, on_gap = replay"#,
            "`history` is at most 1_000_000 entries",
        ),
        (r#""a", public, max_age = "0m""#, "`max_age` cannot be zero"),
        (r#""a", public, presence = "0s""#, "`presence` cannot be zero"),
        (
            r#""a", public, presence = "2h""#,
            "`presence` is between \"1s\" and \"1h\": how long a person counts as there after the last connection has gone",
        ),
        (r#""a", public, presence, presence = "1m""#, "`presence` is given twice"),
        (r#""a", public, precense"#, "unknown option `precense`, did you mean `presence`?"),
        (r#""a", public, slow = ()"#, "`slow` is one of: gap, cut, conflate(by = field)"),
        (r#""a", public, slow = conflate"#, CONFLATE),
        (r#""a", public, slow = conflate()"#, CONFLATE),
        (r#""a", public, slow = conflate(id)"#, CONFLATE),
        (r#""a", public, slow = conflate(by = "id")"#, CONFLATE),
        (r#""a", public, slow = conflate[by = id]"#, CONFLATE),
        (
            r#""a", public, slow = conflate(by = id)"#,
            "`Event` has no named field by which its events could be told apart",
        ),
        (r#""a", public, group = "é""#, "`group` is letters, digits, `-` and `_` in quotes"),
        (r#""{a}", a: &'static u8, public"#, "a channel owns its parameters: leave out the `&`"),
        (r#""{a}", a: impl Copy, public"#, "a channel's parameter has one concrete type"),
        (
            r#""{list}", list = u64, public"#,
            "the type of a placeholder follows a colon: `list: Type`",
        ),
        (r#""{list}" list: u64, public"#, "expected `,`"),
        (r#""{list}", lst: u8, public"#, "the pattern has no `{lst}`, did you mean `list`?"),
    ] {
        assert_eq!(errors(options), [message], "{options}");
    }
}

const CONFLATE: &str = "say which field tells the events apart: `slow = conflate(by = field)`";

#[test]
fn events_are_told_apart_by_a_field_that_some_of_them_have() {
    let conflate = |by, item| {
        let (checked, errors) =
            checked(&format!(r#""a", public, slow = conflate(by = {by})"#), item);
        let variants = checked.unwrap().ok().map(|channel| match channel.settings.slow {
            Slow::Conflate(key) => key.variants.map_or(0, |variants| variants.len()),
            other => panic!("{other:?}"),
        });
        (variants, errors.concat())
    };
    assert_eq!(conflate("id", "struct A { id: u8 }"), (Some(0), String::new()));
    assert_eq!(conflate("r#type", "struct A { r#type: u8 }"), (Some(0), String::new()));
    let list = "enum A { Saved { owner: u8 }, #[cfg(x)] Gone { owner: u8 }, Full(u8), Empty }";
    assert_eq!(conflate("owner", list), (Some(2), String::new()));
    let message = "`A` has no field `ownr`, did you mean `owner`?".to_owned();
    assert_eq!(conflate("ownr", list), (None, message));
    assert_eq!(conflate("0", "struct A(u8);"), (None, CONFLATE.to_owned()));
    assert_eq!(conflate("nothing", list), (None, "`A` has no field `nothing`".to_owned()));
}

#[test]
fn mistakes_are_said_together() {
    assert_eq!(errors(r#""a/:b/{c}", history = 0, slow = fast"#).len(), 5);
    assert_eq!(errors("").len(), 2);
}

#[test]
fn what_is_made_is_rust_and_stands_behind_the_item() {
    for options in [
        r#""todos/{list}", list: u64, history = 256, on_gap = reload, access = may_watch"#,
        r#""todos/{list}/{part}", list: u64, public"#,
    ] {
        let item = "# [derive (Serialize)] pub enum Event { Saved , Deleted { id : i64 } }";
        let made = run(options, item);
        let file: syn::File = syn::parse_str(&made).unwrap();
        assert!(made.contains(&tokens(item).to_string()), "{made}");
        let functions = made.matches("fn channel (").count();
        assert_eq!((functions, made.matches("Channel for Event").count()), (1, 1), "{file:?}");
    }
}

#[test]
fn only_what_is_right_is_registered() {
    let made = |options| run(options, "struct Event;");
    assert!(made(r#""todos", public"#).contains("submit"));
    assert!(!made(r#""todos""#).contains("submit"));
}

#[test]
fn a_further_attribute_goes_with_its_error() {
    let made = run(r#""a", public"#, "#[comet::channel(\"b\")] #[x] struct Event;");
    assert!(
        made.contains("compile_error") && made.contains(&tokens("#[x] struct Event;").to_string())
    );
    assert!(!made.contains("comet :: channel"), "{made}");
}

#[test]
fn what_is_no_type_stays_as_it_is() {
    for item in ["fn a () { }", "union A { a : u8 }", "mod a { }", "impl A { }", "type A = u8 ;"] {
        let (read, errors) = checked(r#""a", public"#, item);
        assert!(read.is_none());
        let [error] = &errors[..] else { panic!("{errors:?}") };
        assert!(error.starts_with("`#[channel]` goes on the `struct` or `enum`"), "{error}");
        let made = run(r#""a", public"#, item);
        assert!(made.ends_with(&tokens(item).to_string()), "{made}");
    }
}

#[test]
fn a_placeholder_may_have_the_name_of_an_option() {
    let made = channel(r#""{group}/{access}", group: u8, access: u8, group = "a", public"#);
    assert_eq!((made.parameters.len(), &*made.settings.group), (2, "a"));
    let missing = errors(r#""{group}", group = "a", public"#);
    assert!(missing[0].starts_with("`{group}` in the pattern has no type"), "{missing:?}");
}

#[test]
fn bytes_have_a_media_type_that_a_browser_only_shows() {
    for media in
        ["image/png", "image/jpeg", "application/octet-stream", "text/plain", "a/b.c+d-e_f"]
    {
        assert!(
            channel(&format!("\"a\", content_type = {media:?}, public")).settings.media.is_some()
        );
    }
    for (media, said) in [
        ("", "`` is no media type"),
        ("png", "`png` is no media type"),
        ("image/", "is no media type"),
        ("image/*", "is no media type"),
        ("image/p\"ng", "is no media type"),
        ("image/png\\r\\nX: y", "is no media type"),
        ("image/pn\u{e9}", "is no media type"),
        ("image/png;q=1", "no parameters"),
        ("Image/png", "small letters: `content_type = \"image/png\"`"),
        ("text/html", "may run"),
        ("image/svg+xml", "may run"),
        ("application/xhtml+xml", "may run"),
        ("text/javascript", "may run"),
        ("application/json", "leave it out"),
        ("multipart/mixed", "one part"),
    ] {
        let [error] = &errors(&format!("\"a\", content_type = {media:?}, public"))[..] else {
            panic!("{media} is one mistake")
        };
        assert!(error.contains(said), "{media}: {error}");
    }
}
