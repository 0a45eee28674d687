//! An app's handlers that hold their requests, as an adapter calls them.

use std::time::Duration;

use http::request::Parts;

use super::Host;
use crate::app::once::Once;
use crate::app::start::Asked;
use crate::arguments::Arguments;
use crate::call::Values;
use crate::error::Error;
use crate::registry::Shape;
use crate::reply::{Outcome, Value};
use crate::router::Bound;
use crate::transport;

impl<'a> Host<'a> {
    /// The path below which the app is served.
    pub(crate) fn mount(self) -> &'a str {
        self.app.config.mount.trim_end_matches('/')
    }

    /// Lets a call in and waits for its handler, as a request to its route does; `None` when nothing happened as long as
    /// it was held. Only who is let in hears what is wrong with the arguments.
    pub(crate) async fn wait(
        self,
        bound: &Bound,
        values: Values,
        parts: Parts,
        arguments: Result<Arguments, Error>,
    ) -> Result<Option<Outcome>, Error> {
        let asked = Asked { app: self.app, bound, by_name: false };
        let run = asked.start_with(values, parts, arguments).await?;
        Ok(match (asked.collect(run).await?, bound.signature.shape) {
            (Once::Late(Outcome { value: Value::Empty, .. }), _) => None,
            (Once::Late(outcome), _) | (Once::Done(_, outcome), Shape::Once) => Some(outcome),
            (Once::Done(written, _), shape) => {
                let collected = transport::collected(shape, &written);
                Some(Outcome::new(Value::Response(Box::new(collected))))
            }
        })
    }

    /// Waits so long, but not when the server goes away.
    pub(crate) async fn pause(self, time: Duration) {
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            () = self.app.drain.begun() => {}
        }
    }
}
