//! What is checked before the first request: all findings at once, each with its place.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use super::Service;
#[cfg(feature = "compat")]
use super::adapter::Adapter;
use super::files::Files;
use crate::auth::SharedAuthenticator;
use crate::channel::{Declaration, Directory};
use crate::config::Config;
use crate::registry::{Access, Endpoint, Expected, Hold, Need, absent, crates};
use crate::router::{Bound, Clash, Router};
use crate::state::States;

/// What a builder has gathered.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) endpoints: Vec<&'static Endpoint>,
    pub(super) channels: Vec<&'static Declaration>,
    pub(super) expected: Vec<Expected>,
    pub(super) states: States,
    pub(super) given_twice: Vec<&'static str>,
    pub(super) authenticator: Option<SharedAuthenticator>,
    pub(super) csrf: bool,
    pub(super) files: Vec<(String, PathBuf)>,
    #[cfg(feature = "compat")]
    pub(super) adapters: Vec<Adapter>,
}

/// Why an app does not start: every finding, each with the place in the source where there is one.
///
/// `Display` and `Debug` are the same text, a finding a paragraph, so that a `main` that returns it prints it well.
pub struct StartError {
    findings: Vec<String>,
}

impl StartError {
    /// The findings, each a text that names the culprit and the fix.
    #[must_use]
    pub fn findings(&self) -> &[String] {
        &self.findings
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the app cannot start:")?;
        self.findings.iter().try_for_each(|finding| write!(f, "\n- {finding}"))
    }
}

impl fmt::Debug for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for StartError {}

impl Plan {
    pub(super) fn new(
        endpoints: Vec<&'static Endpoint>,
        channels: Vec<&'static Declaration>,
    ) -> Self {
        Self {
            endpoints,
            channels,
            expected: Vec::new(),
            states: States::default(),
            given_twice: Vec::new(),
            authenticator: None,
            csrf: false,
            files: Vec::new(),
            #[cfg(feature = "compat")]
            adapters: Vec::new(),
        }
    }
}

/// Checks a plan and builds its service.
pub(super) fn build(
    #[cfg_attr(not(feature = "compat"), expect(unused_mut))] mut plan: Plan,
    config: Arc<Config>,
) -> Result<Service, StartError> {
    let mut findings = Vec::new();
    if let Err(error) = config.check() {
        findings.push(error.to_string());
    }
    findings.extend(absent(&plan.expected, &crates()));
    let Declared { router, bounds, directory } = declared(&plan, &mut findings);
    findings.extend(plan.given_twice.iter().map(|name| {
        format!("the app was given two values of the type `{name}`; wrap one in a type of its own")
    }));
    findings.extend(missing(&bounds, &plan.states));
    findings.extend(unauthenticated(&plan));
    #[cfg(feature = "compat")]
    findings.extend(plan.adapters.iter_mut().flat_map(|adapter| adapter.bind(&router)));
    let files = plan.files.iter().filter_map(|(path, directory)| {
        Files::new(path, directory).map_err(|finding| findings.push(finding)).ok()
    });
    let files = files.collect();
    if findings.is_empty() {
        return Ok(Service::new(router, directory, plan, files, config));
    }
    Err(StartError { findings })
}

/// What the handlers and channels of an app make together.
struct Declared {
    router: Router,
    bounds: Vec<Arc<Bound>>,
    directory: Directory,
}

/// Checks what is linked, whatever the app is given.
fn declared(plan: &Plan, findings: &mut Vec<String>) -> Declared {
    // When crates are absent that were expected, it is said which.
    if findings.is_empty() && plan.endpoints.is_empty() && plan.channels.is_empty() {
        findings.push(NOTHING_LINKED.to_owned());
    }
    let (router, bounds) = route(&plan.endpoints, findings);
    let directory = direct(&plan.channels, findings);
    findings.extend(bounds.iter().filter_map(|bound| unheld(bound)));
    findings.extend(bounds.iter().filter_map(|bound| torn(bound)));
    Declared { router, bounds, directory }
}

/// Checks what is linked into the apps of these plans, and that the program has the crates it expects.
pub(super) fn verify(
    plans: impl IntoIterator<Item = Plan>,
    expected: &[Expected],
) -> Result<(), StartError> {
    let mut findings = absent(expected, &crates());
    for plan in plans {
        declared(&plan, &mut findings);
    }
    if findings.is_empty() { Ok(()) } else { Err(StartError { findings }) }
}

const NOTHING_LINKED: &str = "no handler is linked into this program. If your handlers are in a library crate, mention \
    it in the crate that has `main`, or the linker leaves it out: `use my_handlers as _;`";

fn route(endpoints: &[&'static Endpoint], findings: &mut Vec<String>) -> (Router, Vec<Arc<Bound>>) {
    let mut router = Router::default();
    let mut bounds = Vec::new();
    for endpoint in endpoints {
        match Bound::new(endpoint) {
            Ok(bound) => {
                let bound = Arc::new(bound);
                findings.extend(router.add(&bound).iter().map(clash));
                bounds.push(bound);
            }
            Err(error) => findings.push(format!("{error}, in {}", place(endpoint))),
        }
    }
    (router, bounds)
}

fn direct(declarations: &[&'static Declaration], findings: &mut Vec<String>) -> Directory {
    let mut directory = Directory::default();
    for declaration in declarations {
        let Declaration { pattern, payload, at, .. } = declaration;
        match directory.add(declaration) {
            Ok(None) => {}
            Ok(Some(held)) => findings.push(format!(
                "two types are the channel `{pattern}`:\n    `{}` at {}\n    `{payload}` at {at}\n  change one of the two",
                held.payload, held.at
            )),
            Err(error) => findings.push(format!("{error}, in `{payload}` at {at}")),
        }
    }
    directory
}

fn clash(Clash { what, first, second }: &Clash) -> String {
    let (first, second) = (place(first), place(second));
    format!("two handlers answer {what}:\n    {first}\n    {second}\n  change one of the two")
}

fn place(endpoint: &Endpoint) -> String {
    format!("`{}` at {}", endpoint.handler, endpoint.at)
}

/// One finding for each type that is missing, with every handler that wants it.
fn missing(bounds: &[Arc<Bound>], states: &States) -> Vec<String> {
    let mut wanted: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for bound in bounds {
        let needs = bound.signature.needs.iter().filter(|need| !states.has(need.key));
        for Need { type_name, method, .. } in needs {
            let handlers = wanted.entry((type_name, method)).or_default();
            handlers.push(place(bound.endpoint));
        }
    }
    let finding = |((type_name, method), handlers): ((&str, &str), Vec<String>)| {
        let handlers = handlers.join("\n    ");
        format!(
            "the app has no `{type_name}`, wanted by\n    {handlers}\n  give it one: `.{method}(…)`"
        )
    };
    wanted.into_iter().map(finding).collect()
}

/// A handler that asks for what is left of a hold that it has not.
fn unheld(bound: &Bound) -> Option<String> {
    let place = place(bound.endpoint);
    let unheld = bound.signature.held && bound.endpoint.hold == Hold::Free;
    unheld.then(|| {
        format!("{place} asks for its `Timeout`, and only `#[longpoll]` handlers have one; leave the argument out")
    })
}

/// A handler of which two arguments would take the body.
fn torn(bound: &Bound) -> Option<String> {
    let [first, second, ..] = bound.signature.bodies.as_slice() else { return None };
    let place = place(bound.endpoint);
    Some(format!(
        "{place} takes the request's body twice, as `{first}` and as `{second}`, and there is one: keep one of the two"
    ))
}

fn unauthenticated(plan: &Plan) -> Option<String> {
    let closed = plan.endpoints.iter().filter(|endpoint| endpoint.access == Access::User);
    let channels = plan.channels.iter().filter(|channel| channel.access == Access::User);
    let channels = channels.map(|channel| format!("`{}` at {}", channel.payload, channel.at));
    let closed: Vec<_> = closed.map(|endpoint| place(endpoint)).chain(channels).collect();
    if closed.is_empty() || plan.authenticator.is_some() {
        return None;
    }
    let closed = closed.join("\n    ");
    Some(format!(
        "these handlers are for signed-in users, and the app cannot tell who is one:\n    {closed}\n  \
         give it an authenticator, `.authenticate(…)`, or write `public` in their attributes"
    ))
}
