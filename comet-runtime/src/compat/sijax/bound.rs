//! Sijax at one URL: which requests are its own, and how they are answered.

mod functions;

use std::ops::ControlFlow;
use std::sync::Arc;

use axum_core::body::Body;
use axum_core::response::Response;
use bytes::Bytes;
use comet_route::Route;
use http::request::Parts;
use http::{HeaderValue, Method};
use tracing::Span;

use super::bootstrap::CSRF_FIELD;
use super::caller::Caller;
use super::chain::{self, Main};
use super::commands::translate;
use super::event::Events;
use super::frame::{self, Document, FRAMING};
use super::mount::{Custom, Registered, Sijax};
use super::request::{Asked, Request};
use crate::app::{Adapt, Answering, Form, Host, MULTIPART, URLENCODED, content_type};
use crate::arguments::Arguments;
use crate::auth::csrf;
use crate::call::Values;
use crate::compat::frames::Frames;
use crate::error::Error;
use crate::page::join;
use crate::registry::Access;
use crate::router::Router;
use crate::run::{self, Run, Work};
use crate::transport::{self, problem};
use functions::Functions;

#[derive(Debug)]
pub(super) struct Mount {
    url: String,
    /// `None` for one that is no route, with which no app starts.
    route: Option<Route>,
    registered: Vec<Registered>,
    functions: Functions,
    events: Arc<Events>,
    custom: Arc<[Custom]>,
    strict: bool,
    upload_limit: Option<usize>,
}

impl Mount {
    pub(super) fn new(sijax: Sijax) -> Self {
        let Sijax { url, registered, events, custom, strict, upload_limit } = sijax;
        Self {
            url: url.into_owned(),
            route: None,
            registered,
            functions: Functions::default(),
            events: Arc::new(events),
            custom: custom.into(),
            strict,
            upload_limit,
        }
    }

    /// The values that the path has for the mount's placeholders.
    fn values(&self, path: &str) -> Option<Values> {
        Values::of(self.route.as_ref()?, path)
    }

    async fn answer(
        &self,
        host: Host<'_>,
        path: &str,
        mut parts: Parts,
        body: Body,
    ) -> ControlFlow<Response, (Parts, Body)> {
        let caller = Caller::of(&parts);
        let read = match host.check_origin(&parts) {
            Ok(()) => self.read(host, &parts, body).await,
            Err(error) => Err(error),
        };
        let (call, body) = match read {
            Ok(read) => read,
            Err(error) => return ControlFlow::Break(refuse(caller, &error)),
        };
        let Some(asked) = call else { return ControlFlow::Continue((parts, Body::from(body))) };
        carry_token(&mut parts, &asked.form);
        let values = self.values(path).unwrap_or_default();
        let reply = match self.start(host, parts, values, asked).await {
            Ok(run) => reply(host, caller, run).await,
            Err(error) => Err(error),
        };
        ControlFlow::Break(reply.unwrap_or_else(|error| refuse(caller, &error)))
    }

    /// What is asked, if the body asks for anything, and the body for somebody else.
    async fn read(
        &self,
        host: Host<'_>,
        parts: &Parts,
        body: Body,
    ) -> Result<(Option<Asking>, Bytes), Error> {
        let is_multipart = content_type(parts).is_some_and(|kind| kind == MULTIPART);
        let limit = self.upload_limit.filter(|_| is_multipart);
        let body = host.read(body, limit).await?;
        let form = host.form(parts, &body).await?;
        Ok((Asking::of(form, is_multipart), body))
    }

    /// Lets a call in and makes its run.
    async fn start(
        &self,
        host: Host<'_>,
        mut parts: Parts,
        mut values: Values,
        asked: Asking,
    ) -> Result<Run, Error> {
        let Asking { function, args, form_id, form } = asked;
        let bound = self.functions.get(&function);
        let closed = bound.is_some_and(|bound| bound.endpoint.access == Access::User);
        let user = host.admit(&parts, closed).await?;
        values.query = crate::query::owned(parts.uri.query().unwrap_or_default());
        let arguments = match &form_id {
            Some(_) => Ok(Arguments::fields(form.texts.clone(), form.files)),
            None => self.arguments(&args),
        };
        let filled = arguments.and_then(|mut arguments| {
            bound.map_or(Ok(()), |bound| bound.fill(&mut values, &mut arguments))?;
            Ok(arguments)
        });
        let (main, arguments) = match (bound, filled) {
            (Some(bound), Ok(arguments)) => (Main::Function(bound.endpoint), arguments),
            (Some(_), Err(error)) => (Main::Unreadable(error), Arguments::none()),
            (None, _) => (Main::Unknown, Arguments::none()),
        };
        let custom = Arc::clone(&self.custom);
        let asked = Asked { function, args, fields: form.texts, form_id, custom };
        parts.extensions.insert(Request::new(asked));
        let flow = run::flow();
        let call = host.call(parts, values, user, arguments, Arc::clone(&flow));
        let events = Arc::clone(&self.events);
        let work = Box::pin(chain::run(events, main, call, Arc::clone(&flow)));
        Ok(Run::new(flow, Work::new(work, Span::current())))
    }

    /// The arguments by position. What is no JSON array is no arguments, or refused.
    fn arguments(&self, args: &str) -> Result<Arguments, Error> {
        let read = match args.trim_start().starts_with('[') {
            true => Arguments::json(args.as_bytes()),
            false => {
                Err(Error::new(http::StatusCode::BAD_REQUEST, "`sijax_args` is no JSON array"))
            }
        };
        if self.strict { read } else { Ok(read.unwrap_or_else(|_| Arguments::none())) }
    }
}

impl Adapt for Mount {
    fn bind(&mut self, router: &Router) -> Vec<String> {
        let mut findings = Vec::new();
        let here = format!("in `Sijax::at(\"{}\")`", self.url);
        match Route::parse(&self.url) {
            Ok(route) if route.is_reserved() => {
                findings.push(format!("{here}: Comet itself has what is below `/comet`"));
            }
            Ok(route) if !route.query().is_empty() => findings.push(format!(
                "{here}: it is posted to whatever its query is, so name the path alone: `{}`",
                route.path()
            )),
            Ok(route) => self.route = Some(route),
            Err(error) => findings.push(format!("{here}: {}", error.render(&self.url))),
        }
        let (functions, unfit) = Functions::bind(&self.registered, router);
        self.functions = functions;
        findings.extend(unfit.into_iter().map(|finding| format!("{here}: {finding}")));
        findings
    }

    fn claims(&self, parts: &Parts, path: &str) -> bool {
        let is_form =
            || content_type(parts).is_some_and(|kind| kind == URLENCODED || kind == MULTIPART);
        parts.method == Method::POST && self.values(path).is_some() && is_form()
    }

    fn answer<'a>(
        &'a self,
        host: Host<'a>,
        path: &'a str,
        parts: Parts,
        body: Body,
    ) -> Answering<'a> {
        Box::pin(self.answer(host, path, parts, body))
    }
}

/// A form with both of Sijax's own fields, taken out.
struct Asking {
    function: String,
    args: String,
    form_id: Option<String>,
    form: Form,
}

impl Asking {
    fn of(mut form: Form, is_multipart: bool) -> Option<Self> {
        let mut take = |name: &str| {
            let first = form.texts.iter().find(|(field, _)| field == name)?.1.clone();
            form.texts.retain(|(field, _)| field != name);
            Some(first)
        };
        let (function, args) = (take("sijax_rq")?, take("sijax_args")?);
        // What `sjxUpload` sends: the form's id as the one argument, and in the function's name.
        let form_id = serde_json::from_str::<(String,)>(&args).ok().map(|(id,)| id);
        let form_id = form_id.filter(|id| is_multipart && function == format!("{id}_upload"));
        Some(Self { function, args, form_id, form })
    }
}

/// A form has no head of its own, so a token may be one of its fields.
fn carry_token(parts: &mut Parts, form: &Form) {
    let token = form.texts.iter().find(|(name, _)| name == CSRF_FIELD);
    let token = token.and_then(|(_, token)| HeaderValue::try_from(token).ok());
    if let Some(token) = token.filter(|_| !parts.headers.contains_key(csrf::HEADER)) {
        parts.headers.insert(csrf::HEADER, token);
    }
}

async fn reply(host: Host<'_>, caller: Caller, run: Run) -> Result<Response, Error> {
    if caller == Caller::Ajax {
        let (written, _) = run.collect(run::REPLY_LIMIT).await?;
        return Ok(transport::json(translate(&join(&written))));
    }
    let run = run.begun().await?;
    Ok(host.stream(&FRAMING, Frames::new(run, Document::default())))
}

/// The answer to a call that did not come to run, or that failed before it said anything.
fn refuse(caller: Caller, error: &Error) -> Response {
    match caller {
        Caller::Ajax => problem(None, error),
        Caller::Frame => frame::problem(error),
    }
}
