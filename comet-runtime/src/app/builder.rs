//! What an app is given.

use std::path::PathBuf;
use std::sync::Arc;

#[cfg(feature = "compat")]
use super::adapter::Adapter;
use super::checks::{self, Plan, StartError};
use super::listing::Listing;
use super::{Service, command};
use crate::auth::{Authenticator, HostRule, SharedAuthenticator};
use crate::channel;
use crate::config::Config;
use crate::error::Result;
use crate::registry::{Endpoint, Expected, Location, expected, linked};
use crate::server::{Bound, Drain, obey_signals, serve, start_log};

/// The group of whatever names none.
pub(super) const NO_GROUP: &str = "";

/// An app: the handlers that are linked into the program, and what they need.
///
/// ```no_run
/// use comet::{App, comet};
///
/// #[comet(route = "/hello/{name}", public)]
/// async fn hello(name: &str) -> String {
///     format!("Hello, {name}!")
/// }
///
/// #[tokio::main]
/// async fn main() -> comet::Result {
///     App::from_linked().serve().await // 127.0.0.1:8080
/// }
/// ```
///
/// Inside a program that serves HTTP already, [`into_service`](Self::into_service) makes it a [`tower`] service.
///
/// [`tower`]: https://docs.rs/tower-service
#[derive(Debug)]
#[must_use = "an app does nothing until it is served"]
pub struct App {
    plan: Plan,
    config: Config,
}

impl App {
    /// An app with every handler that is linked into the program and has no `group`.
    ///
    /// A crate that is only named in `Cargo.toml` is not linked: [expect it](crate::expect_handlers), or mention it,
    /// `use my_handlers as _;`.
    pub fn from_linked() -> Self {
        Self::from_group(NO_GROUP)
    }

    /// An app with the linked handlers of one `group`: several apps in one program, or one for each test.
    pub fn from_group(group: &str) -> Self {
        let own = |endpoint: &&'static Endpoint| endpoint.group == group;
        let endpoints = linked().into_iter().filter(own).collect();
        let channels = channel::linked().into_iter().filter(|channel| channel.group == group);
        let mut plan = Plan::new(endpoints, channels.collect());
        plan.expected = expected();
        Self { plan, config: Config::default() }
    }

    /// Refuses to start when one of these crates has no handler and no channel in the program.
    ///
    /// A crate that is only named in `Cargo.toml` is not linked. [`expect_handlers!`](crate::expect_handlers) links its
    /// crates as well; this is for those that the program cannot name, such as libraries that it loads.
    #[track_caller]
    pub fn expect_handlers(mut self, crates: impl IntoIterator<Item = &'static str>) -> Self {
        let at = Location::caller();
        let expected = crates.into_iter().map(|name| Expected { name, linked: false, at });
        self.plan.expected.extend(expected);
        self
    }

    /// Gives the app an instance of a handler struct: the `self` of its methods.
    pub fn with<T: Send + Sync + 'static>(self, instance: T) -> Self {
        self.state(instance)
    }

    /// Gives the app a value that handlers take as [`State<T>`](crate::State). One of each type; a second one is refused
    /// at start-up.
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        if !self.plan.states.insert(value) {
            self.plan.given_twice.push(std::any::type_name::<T>());
        }
        self
    }

    /// Says how a request's user is known. Every handler that is not `public` needs one.
    pub fn authenticate(mut self, authenticator: impl Authenticator) -> Self {
        self.plan.authenticator = Some(SharedAuthenticator::new(authenticator));
        self
    }

    /// Asks every call that can change something for a CSRF token, beside the check of its `Origin`.
    ///
    /// The browser client gets one from `{mount}/comet/csrf` when the page has `<meta name="comet-csrf">`.
    pub fn csrf(mut self) -> Self {
        self.plan.csrf = true;
        self
    }

    /// Serves the files of a directory for paths that no handler has.
    pub fn files(self, directory: impl Into<PathBuf>) -> Self {
        self.files_at("/", directory)
    }

    /// Serves the files of a directory below a path.
    pub fn files_at(mut self, path: &str, directory: impl Into<PathBuf>) -> Self {
        self.plan.files.push((path.to_owned(), directory.into()));
        self
    }

    /// Lets clients of another system talk to the app: see [`compat`](crate::compat).
    #[cfg(feature = "compat")]
    pub fn adapt(mut self, adapter: impl Into<Adapter>) -> Self {
        let adapter = adapter.into();
        self.plan.given_twice.extend(adapter.provide(&mut self.plan.states));
        self.plan.adapters.push(adapter);
        self
    }

    /// Replaces the configuration.
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Serves everything below a path, `/app` for instance.
    pub fn mount(mut self, path: impl Into<String>) -> Self {
        self.config.mount = path.into();
        self
    }

    /// What the app has.
    pub(super) fn listing(&self) -> Listing {
        Listing::of(&self.plan.endpoints, &self.plan.channels, &self.config.mount)
    }

    pub(super) fn endpoints(&self) -> &[&'static Endpoint] {
        &self.plan.endpoints
    }

    pub(super) fn into_plan(self) -> Plan {
        self.plan
    }

    /// Checks everything that a start checks, and does nothing else: the one line of a program's own test.
    ///
    /// Where the handlers are declared and not the app, [`verify`](crate::verify) checks what they say among themselves.
    ///
    /// ```
    /// use comet::{App, State, comet};
    ///
    /// #[comet("/total", public, group = "doc-verify")]
    /// async fn total(sum: State<u64>) -> String {
    ///     sum.to_string()
    /// }
    ///
    /// let forgotten = App::from_group("doc-verify").verify().unwrap_err();
    /// assert!(forgotten.to_string().contains("the app has no `u64`"));
    /// assert!(App::from_group("doc-verify").state(7_u64).verify().is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong, at once.
    pub fn verify(self) -> Result<(), StartError> {
        self.into_service().map(drop)
    }

    /// Checks everything that can be checked before the first request, and makes the app a service that a server of any
    /// kind can call: an axum router's `fallback_service` or `nest_service`, hyper, or a test.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, at once: see [`StartError`].
    pub fn into_service(self) -> Result<Service, StartError> {
        let Self { plan, config } = self;
        checks::build(plan, Arc::new(config))
    }

    /// Serves the app on its own until SIGTERM or ctrl-c, as its configuration says.
    ///
    /// Prints one line with the address it got. At the signal, streams say `bye`, requests finish, and after
    /// [`Config::drain`] at most it returns.
    ///
    /// # Errors
    ///
    /// The app has findings, or the address cannot be listened on.
    pub async fn serve(self) -> Result {
        crate::runtime::needed_by("App::serve")?;
        start_log(&self.config.log);
        let config = self.config.clone();
        let bound = Bound::new(config.bind)?;
        let drain = Drain::new();
        let hosts = HostRule::new(bound.address(), &config.hosts);
        let service = self.into_service()?.served_by(drain.clone(), hosts);
        service.announce();
        let certificates = config.certificates()?.map(Arc::new);
        let _signals = obey_signals(drain.clone(), certificates.clone())?;
        let bound = bound.shows(certificates);
        bound.announce();
        serve(bound, service, &config, drain).await;
        Ok(())
    }

    /// Reads the configuration from a file, the environment and the command line, later over earlier, then serves; or does
    /// what a flag says instead: `--check`, `--routes`, `--help`.
    ///
    /// What the program has set with [`config`](Self::config) or [`mount`](Self::mount) is replaced.
    ///
    /// # Errors
    ///
    /// Everything wrong with the configuration, or as [`serve`](Self::serve).
    pub async fn run(self) -> Result {
        command::run(self).await
    }
}
