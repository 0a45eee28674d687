//! An app's handlers, as an adapter calls them.

use std::sync::{Arc, Mutex};

use axum_core::response::Response;
#[cfg(feature = "sijax")]
use bytes::Bytes;
use http::request::Parts;

use super::Host;
use crate::app::direct;
#[cfg(feature = "sijax")]
use crate::app::input;
#[cfg(feature = "sijax")]
use crate::app::multipart::{self, Form};
use crate::arguments::Arguments;
use crate::auth::User;
use crate::call::{Call, Values};
#[cfg(feature = "sijax")]
use crate::error::Error;
use crate::flow::Flow;
use crate::stay::Stay;
use crate::transport::{Feed, Foreign, Rhythm, StreamBody, Transport};

impl Host<'_> {
    /// What is in a form, with files or without.
    #[cfg(feature = "sijax")]
    pub(crate) async fn form(self, parts: &Parts, body: &Bytes) -> Result<Form, Error> {
        if input::content_type(parts).as_deref() == Some(multipart::CONTENT_TYPE) {
            return multipart::read(parts, body.clone()).await;
        }
        let texts = form_urlencoded::parse(body).into_owned().collect();
        Ok(Form { texts, files: Vec::new() })
    }

    /// A call with these arguments. It lasts as long as its client is there.
    pub(crate) fn call(
        self,
        parts: Parts,
        values: Values,
        user: Option<User>,
        arguments: Arguments,
        flow: Arc<Flow>,
    ) -> Call {
        let stay = Stay { until: None, drain: Some(self.app.drain.clone()) };
        let states = self.app.states.clone();
        let (arguments, body) = (Mutex::new(arguments), Mutex::new(None));
        Call { parts, values, user, states, flow: Some(flow), arguments, body, stay }
    }

    /// The reply that streams a run to a client that does not come back, in the way of another system. It is let finish
    /// when the server goes away.
    pub(crate) fn stream(self, framing: &'static Foreign, run: impl Feed + 'static) -> Response {
        let rhythm = Rhythm { heartbeat: self.app.config.heartbeat, resume: None };
        let ending = Box::pin(self.app.drain.ended());
        let transport = Transport::Foreign(framing);
        let body = StreamBody::new(transport, run, rhythm, ending);
        direct::stream(transport, body, self.takeover.cloned(), direct::SOON)
    }
}
