//! What an attribute on an `impl` block says.

use super::{checked, handlers};
use crate::model::Kind;

const JOBS: &str = r#"
impl Jobs {
    pub const LIMIT: usize = { 3 };
    pub fn new() -> Self { Self }
    pub async fn start(&self) {}
    #[longpoll("/{id}/done")]
    pub async fn done(&self, id: u64) {}
    #[comet(skip)]
    pub fn stats(&self) -> usize { 0 }
    #[comet("/", public)]
    pub(crate) async fn index(&self) {}
    #[comet]
    pub async fn ping() {}
    made_by_a_macro! { #[comet] pub async fn other(&self) {} }
    type Alias = u8;
    async fn helper(&self) {}
}"#;

#[test]
fn pub_methods_are_handlers_unless_they_say_otherwise() {
    let handlers = handlers("", JOBS);
    let names: Vec<_> = handlers.iter().map(|h| h.endpoints[0].names[0].text.clone()).collect();
    assert_eq!(names, ["jobs_start", "jobs_done", "jobs_index", "jobs_ping"]);
    let on_instance: Vec<_> = handlers.iter().map(|handler| handler.takes_self).collect();
    assert_eq!(on_instance, [true, true, true, false]);
}

#[test]
fn a_block_gives_its_options_to_its_methods() {
    let handlers = handlers("prefix = \"/jobs\", public, group = \"g\", crate = other", JOBS);
    let routes = handlers.iter().flat_map(|handler| &handler.endpoints[0].routes);
    let routes: Vec<_> = routes.map(|route| route.full.source()).collect();
    assert_eq!(routes, ["/jobs/{id}/done", "/jobs"]);
    for handler in &handlers {
        assert!(handler.endpoints[0].public);
        assert_eq!(handler.endpoints[0].group, "g");
        assert!(handler.place.root.as_ref().unwrap().is_ident("other"));
    }
}

#[test]
fn types_are_spelt_as_words_in_names() {
    for (ty, name) in [
        ("Jobs", "jobs_a"),
        ("HTTPJobs", "http_jobs_a"),
        ("HttpJobs2", "http_jobs2_a"),
        ("some::path::MyJobs", "my_jobs_a"),
        ("My_Jobs", "my_jobs_a"),
        ("jobs", "jobs_a"),
    ] {
        let handlers = handlers("", &format!("impl {ty} {{ pub async fn a(&self) {{}} }}"));
        assert_eq!(handlers[0].endpoints[0].names[0].text, name, "{ty}");
    }
}

#[test]
fn a_name_that_cannot_stand_in_a_url_is_asked_for() {
    let (_, errors) = checked(Kind::Comet, "", "impl Aufträge { pub async fn a(&self) {} }");
    assert_eq!(errors, ["`aufträge_a` cannot stand in a URL: give the handler a `name = \"…\"`"]);
}

#[test]
fn methods_that_exclude_each_other_share_a_route() {
    let item = r#"impl Jobs {
        #[cfg(unix)] #[comet("/a")] pub async fn a(&self) {}
        #[cfg(not(unix))] #[comet("/a")] pub async fn a(&self) {}
    }"#;
    assert_eq!(handlers("", item).len(), 2);
}

#[test]
fn one_broken_method_leaves_the_others() {
    let item = "impl Jobs { pub async fn a(&self) {} pub async fn b(&mut self) {} }";
    let (checked, errors) = checked(Kind::Comet, "", item);
    assert_eq!(errors, ["handlers run concurrently and share one instance: take `&self`"]);
    assert_eq!((checked.handlers.len(), checked.broken.len()), (1, 1));
}
