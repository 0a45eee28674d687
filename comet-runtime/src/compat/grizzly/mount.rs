//! A URL at which a handler is a document in a hidden frame.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;

use axum_core::body::Body;
use axum_core::response::Response;
use comet_route::Route;
use http::Method;
use http::request::Parts;
use tracing::Span;

use super::scripts::{Document, FRAMING};
use crate::app::{Adapt, Adapter, Answering, Host};
use crate::arguments::Arguments;
use crate::call::Values;
use crate::compat::frames::Frames;
use crate::error::Error;
use crate::registry::{Access, Hold, Shape};
use crate::router::{Bound, Router};
use crate::run::{self, Run, Work};
use crate::transport::problem;

/// A handler as a document in a hidden frame, whose scripts call functions of the page around it: for
/// [`App::adapt`](crate::App::adapt).
///
/// `page.call("app.update", &(message,))` is `window.parent.app.update({ … });`, one script a command, written when the
/// handler flushes; `alert` and `redirect` are said in the same way, and what else a page can be told is logged as a warning
/// and left out. Arguments come from the query, by name, and from the URL's own placeholders. Whoever may call the handler
/// may open the frame; it is ended with it.
///
/// Other methods at the same URL are for the app's own handlers, `POST` for instance.
#[derive(Debug)]
#[must_use = "give it to `App::adapt`"]
pub struct ForeverFrame {
    url: Cow<'static, str>,
    handler: Cow<'static, str>,
    /// `None` until the app is built.
    bound: Option<(Route, Arc<Bound>)>,
}

impl ForeverFrame {
    /// The handler of that name at a URL, which is a route: `"/rooms/{room}/frame"`.
    pub fn at(url: impl Into<Cow<'static, str>>, handler: impl Into<Cow<'static, str>>) -> Self {
        Self { url: url.into(), handler: handler.into(), bound: None }
    }

    fn look_up(&self, router: &Router) -> Result<(Route, Arc<Bound>), String> {
        let route = Route::parse(&self.url).map_err(|error| error.render(&self.url).to_string())?;
        if route.is_reserved() {
            return Err("Comet itself has what is below `/comet`".to_owned());
        }
        if !route.query().is_empty() {
            let path = route.path();
            return Err(format!(
                "arguments come from the query by themselves; name the path alone: `{path}`"
            ));
        }
        let bound = router.named(&self.handler).map_err(|error| error.to_string())?;
        if bound.signature.shape != Shape::Page || bound.endpoint.hold != Hold::Free {
            let handler = bound.endpoint.handler;
            return Err(format!(
                "`{handler}` says nothing to a page; give it an argument `page: &mut Page`"
            ));
        }
        Ok((route, Arc::clone(bound)))
    }

    /// The values that the path has for the route's placeholders.
    fn values(&self, path: &str) -> Option<Values> {
        Values::of(&self.bound.as_ref()?.0, path)
    }

    async fn open(&self, host: Host<'_>, path: &str, parts: Parts) -> Result<Response, Error> {
        let (Some(mut values), Some((_, bound))) = (self.values(path), &self.bound) else {
            return Err(Error::new(http::StatusCode::NOT_FOUND, "there is no such frame"));
        };
        // The handler may do something, which a page of another site is not to make it do by a frame of its own.
        host.check_origin(&parts)?;
        let user = host.admit(&parts, bound.endpoint.access == Access::User).await?;
        values.query = crate::query::owned(parts.uri.query().unwrap_or_default());
        let mut arguments = arguments(&values);
        bound.fill(&mut values, &mut arguments)?;
        let flow = run::flow();
        let call = host.call(parts, values, user, arguments, Arc::clone(&flow));
        let work = Work::new(bound.endpoint.call(call), Span::current());
        let run = Run::new(flow, work).begun().await?;
        Ok(host.stream(&FRAMING, Frames::new(run, Document)))
    }
}

/// What the handler may take as arguments: the values of the path, and those of the query that are none.
fn arguments(values: &Values) -> Arguments {
    let of_query = values.query.iter().filter(|(name, _)| values.path(name).is_none());
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(values.path.iter().chain(of_query));
    Arguments::form(form.finish().as_bytes())
}

impl Adapt for ForeverFrame {
    fn bind(&mut self, router: &Router) -> Vec<String> {
        let found = self.look_up(router);
        let here = format!("in `ForeverFrame::at(\"{}\", \"{}\")`", self.url, self.handler);
        match found {
            Ok(bound) => {
                self.bound = Some(bound);
                Vec::new()
            }
            Err(finding) => vec![format!("{here}: {finding}")],
        }
    }

    fn lines(&self, mount: &str) -> Vec<String> {
        let mount = mount.trim_end_matches('/');
        vec![format!("forever frame: `{}` at {mount}{}", self.handler, self.url)]
    }

    fn claims(&self, parts: &Parts, path: &str) -> bool {
        parts.method == Method::GET && self.values(path).is_some()
    }

    fn answer<'a>(&'a self, host: Host<'a>, path: &'a str, parts: Parts, _: Body) -> Answering<'a> {
        Box::pin(async move {
            let opened = self.open(host, path, parts).await;
            ControlFlow::Break(opened.unwrap_or_else(|error| problem(None, &error)))
        })
    }
}

impl From<ForeverFrame> for Adapter {
    fn from(frame: ForeverFrame) -> Self {
        Self::new(frame)
    }
}
