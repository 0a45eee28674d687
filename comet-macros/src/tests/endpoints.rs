//! What an attribute on a function says.

use std::time::Duration;

use super::{checked, handler};
use crate::model::{Endpoint, Kind, Lent, Method, Source};

fn endpoint(options: &str, item: &str) -> Endpoint {
    handler(options, item).endpoints.remove(0)
}

fn names(endpoint: &Endpoint) -> Vec<&str> {
    endpoint.names.iter().map(|name| &*name.text).collect()
}

#[test]
fn without_options_it_is_called_by_its_name() {
    let endpoint = endpoint("", "async fn list() {}");
    assert_eq!(names(&endpoint), ["list"]);
    assert!(endpoint.routes.is_empty());
    assert_eq!(endpoint.method, Method::Post);
    assert!(!endpoint.public);
    assert_eq!(endpoint.group, "");
    assert_eq!(endpoint.resume, None);
}

#[test]
fn a_route_is_got_unless_it_says_otherwise() {
    assert_eq!(endpoint("\"/a\"", "async fn a() {}").method, Method::Get);
    assert_eq!(endpoint("\"/a\", method = ANY", "async fn a() {}").method, Method::Any);
}

#[test]
fn every_option_is_kept() {
    let options = r#"route = "/a", alias = "/b", alias = "/c", method = PUT, name = "x-1", name = "y_2", public,
        group = "g", resume = "2m", link = other, crate = my::comet,"#;
    let handler = handler(options, "async fn a() {}");
    let endpoint = &handler.endpoints[0];
    let routes: Vec<_> = endpoint.routes.iter().map(|route| route.full.source()).collect();
    assert_eq!(routes, ["/a", "/b", "/c"]);
    assert_eq!(names(endpoint), ["x-1", "y_2"]);
    assert_eq!(endpoint.method, Method::Put);
    assert!(endpoint.public);
    assert_eq!(endpoint.group, "g");
    assert_eq!(endpoint.resume, Some(Duration::from_secs(120)));
    assert_eq!(handler.place.link.unwrap(), "other");
    assert_eq!(handler.place.root.as_ref().unwrap().segments.len(), 2);
}

#[test]
fn times_have_a_unit() {
    let resume = |time: &str| endpoint(&format!("resume = {time:?}"), "async fn a() {}").resume;
    assert_eq!(resume("500ms"), Some(Duration::from_millis(500)));
    assert_eq!(resume("30s"), Some(Duration::from_secs(30)));
    assert_eq!(resume("1h"), Some(Duration::from_secs(3600)));
    for wrong in
        ["", "s", "30", "30 s", "-1s", "1.5s", "1d", "18446744073709551616s", "9999999999999999h"]
    {
        let (_, errors) = checked(Kind::Comet, &format!("resume = {wrong:?}"), "async fn a() {}");
        assert_eq!(
            errors,
            ["`resume` is written like \"500ms\", \"30s\", \"2m\" or \"1h\""],
            "{wrong}"
        );
    }
}

#[test]
fn what_replies_when_the_time_is_up_can_be_named_outside_of_its_block() {
    let late = |options: &str| {
        let (checked, errors) = checked(Kind::LongPoll, options, "async fn a() {}");
        assert_eq!(errors, [""; 0]);
        let late = checked.handlers[0].endpoints[0].on_timeout.as_ref().unwrap();
        late.function.to_string()
    };
    assert_eq!(late("on_timeout = nothing"), "nothing");
    assert_eq!(late("on_timeout = a::b"), "a :: b");
    let block = "impl Jobs { #[longpoll(on_timeout = Self::late)] pub async fn a(&self) {} }";
    let made = crate::run::run(Kind::Comet, quote::quote!(), block.parse().unwrap()).to_string();
    assert!(
        made.contains("< Jobs > :: late") && made.contains("on_timeout : __comet :: Some ("),
        "{made}"
    );
}

#[test]
fn arguments_come_from_where_the_route_names_them() {
    let item = "async fn a(page: &mut Page, id: &str, after: Option<u64>, path: String) {}";
    let handler = handler("\"/{id}/{*path}?{after}\"", item);
    let lent: Vec<_> = handler.arguments.iter().map(|argument| argument.lent).collect();
    assert_eq!(
        handler.endpoints[0].sources,
        [Source::Type, Source::Path, Source::Query, Source::Path]
    );
    assert_eq!(lent, [Lent::Exclusive, Lent::Shared, Lent::No, Lent::No]);
}

#[test]
fn raw_names_are_the_same_names() {
    let handler = handler("\"/{type}\"", "async fn r#match(r#type: u8) {}");
    assert_eq!(names(&handler.endpoints[0]), ["match"]);
    assert_eq!(handler.endpoints[0].sources, [Source::Path]);
}

#[test]
fn stacked_attributes_are_endpoints_of_their_own() {
    let item = r#"#[comet::longpoll("/b/{x}", timeout = "1s")] #[doc = "d"] #[comet("/c?{x}", public)] async fn a(x: u8) {}"#;
    let endpoints = handler("\"/a\"", item).endpoints;
    let kinds: Vec<_> = endpoints.iter().map(|endpoint| endpoint.kind).collect();
    assert_eq!(kinds, [Kind::Comet, Kind::LongPoll, Kind::Comet]);
    let sources: Vec<_> = endpoints.iter().map(|endpoint| endpoint.sources[0]).collect();
    assert_eq!(sources, [Source::Type, Source::Path, Source::Query]);
    let names: Vec<_> = endpoints.iter().map(names).collect();
    assert_eq!(names, [vec!["a"], vec![], vec![]]);
}

#[test]
fn the_first_paragraph_is_the_documentation() {
    let item = "/// Does\n/// this.\n///\n/// At length.\nasync fn a() {}";
    assert_eq!(handler("", item).docs, "Does this.");
    assert_eq!(handler("", "async fn a() {}").docs, "");
}

#[test]
fn all_mistakes_are_said_at_once() {
    let options = r#""/:id", rout = "/x", method = GTE, colour"#;
    let (checked, errors) = checked(Kind::Comet, options, "unsafe fn a<T>(self, (b, c): T) {}");
    assert!(checked.handlers.is_empty());
    let starts = [
        "unknown option `rout`",
        "unknown method `GTE`",
        "unknown option `colour`",
        "the runtime calls",
        "a handler is registered once",
        "a free function has no `self`",
        "`#[comet]` handlers are async",
        "route parameters are written `{id}`",
        "a handler's argument needs a plain name",
    ];
    assert_eq!(errors.len(), starts.len(), "{errors:#?}");
    for (error, start) in errors.iter().zip(starts) {
        assert!(error.starts_with(start), "{error}");
    }
}
