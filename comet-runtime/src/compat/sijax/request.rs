//! What the page sent, for whoever asks.

use std::fmt;
use std::sync::Arc;

use http::StatusCode;
use serde::de::DeserializeOwned;

use super::mount::Custom;
use crate::call::Call;
use crate::error::Error;
use crate::extract::Extract;
use crate::page::Page;

/// What a page of Sijax's has asked for, as an argument of a handler or an event.
///
/// A handler that Comet's own client calls as well takes `Option<Request>`: to others it is `None`, and a `Request` is
/// refused with 400.
///
/// ```
/// use comet::compat::sijax::Request;
/// use comet::{Page, comet};
///
/// /// Takes the form with the id `feedback`, and empties it.
/// #[comet(name = "feedback_upload", public)]
/// async fn feedback(message: String, sijax: Request, page: &mut Page) {
///     page.text("#thanks", format!("{} characters", message.len()));
///     sijax.reset_form(page);
/// }
/// ```
#[derive(Clone)]
pub struct Request {
    asked: Arc<Asked>,
    problem: Option<String>,
}

/// A form with the two fields that make it Sijax's.
pub(super) struct Asked {
    pub(super) function: String,
    pub(super) args: String,
    pub(super) fields: Vec<(String, String)>,
    pub(super) form_id: Option<String>,
    pub(super) custom: Arc<[Custom]>,
}

impl Request {
    pub(super) fn new(asked: Asked) -> Self {
        Self { asked: Arc::new(asked), problem: None }
    }

    pub(super) fn refuse(&mut self, problem: String) {
        self.problem = Some(problem);
    }

    /// The name that the page called, whether or not a function has it.
    #[must_use]
    pub fn function(&self) -> &str {
        &self.asked.function
    }

    /// The arguments as one value, such as a `Vec<serde_json::Value>`; `None` when they are none.
    #[must_use]
    pub fn args<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.asked.args).ok()
    }

    /// A field that came beside the call: of its form, or what a page gave `Sijax.request` as `{data: …}`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// All fields that came beside the call, in their order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.asked.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The id of the form that was submitted, for a form of `sjxUpload`.
    #[must_use]
    pub fn form_id(&self) -> Option<&str> {
        self.asked.form_id.as_deref()
    }

    /// What is wrong with the call, for the event `invalid_call`.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Queues the command that sets the submitted form back to how the page has loaded it. Nothing for other calls.
    pub fn reset_form(&self, page: &mut Page) {
        if let Some(id) = self.form_id() {
            page.call("sjxUpload.resetForm", &(id,));
        }
    }

    /// Lets an event of the mount's own queue its commands; `false` when there is none of that name.
    pub fn fire(&self, event: &str, page: &mut Page) -> bool {
        let custom = self.asked.custom.iter().rev().find(|custom| custom.name == event);
        custom.inspect(|custom| (custom.run)(page)).is_some()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("function", &self.asked.function)
            .field("form_id", &self.asked.form_id)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

impl Extract for Request {
    async fn extract(call: &Call) -> Result<Self, Error> {
        let other = || Error::new(StatusCode::BAD_REQUEST, "this is for calls by Sijax only");
        call.parts.extensions.get().cloned().ok_or_else(other)
    }
}

impl Extract for Option<Request> {
    async fn extract(call: &Call) -> Result<Self, Error> {
        Ok(call.parts.extensions.get().cloned())
    }
}
