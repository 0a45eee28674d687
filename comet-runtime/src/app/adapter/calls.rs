//! An app's handlers, as an adapter calls them.

use std::sync::{Arc, Mutex};

#[cfg(feature = "sijax")]
use bytes::Bytes;
use http::request::Parts;

use super::Host;
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
use crate::transport::{Ending, Rhythm};

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
        let stay = Stay { until: None, drain: Some(self.0.drain.clone()) };
        let states = self.0.states.clone();
        let (arguments, body) = (Mutex::new(arguments), Mutex::new(None));
        Call { parts, values, user, states, flow: Some(flow), arguments, body, stay }
    }

    /// The rhythm of a stream that nobody comes back to.
    pub(crate) fn rhythm(self) -> Rhythm {
        Rhythm { heartbeat: self.0.config.heartbeat, resume: None }
    }

    /// When a stream that is let finish has to end at the latest.
    pub(crate) fn ending(self) -> Ending {
        Box::pin(self.0.drain.ended())
    }
}
