//! One call: the event before, the function or what stands in for it, the event after.
//!
//! Commands are sent as Sijax sends them: those of the event before on their own, before the function starts; those that
//! the function leaves after its last flush together with those of the event after.

use std::sync::Arc;

use http::StatusCode;

use super::commands::alert;
use super::event::{Events, Listener};
use super::request::Request;
use crate::call::Call;
use crate::error::Error;
use crate::flow::Flow;
use crate::log::EventName;
use crate::registry::Endpoint;
use crate::reply::{Outcome, Value};

const UNAVAILABLE: &str = "The action you performed is unavailable! (Sijax error)";
const WRONG_WAY: &str = "You tried to perform an action in a wrong way! (Sijax error)";

/// What a call is for.
pub(super) enum Main {
    Function(&'static Endpoint),
    /// No function has that name.
    Unknown,
    /// What was sent are no arguments.
    Unreadable(Error),
}

/// Runs a call to its end. What the function returns is no concern of Sijax's.
pub(super) async fn run(
    events: Arc<Events>,
    main: Main,
    call: Call,
    flow: Arc<Flow>,
) -> Result<Outcome, Error> {
    let again = Again::of(&call, &flow);
    if let Some(before) = events.before.run(again.call(None)) {
        before.await?;
        flow.settle().await;
    }
    let start = flow.log().newest();
    match main {
        Main::Unknown => again.instead(&events.invalid_request, None, UNAVAILABLE).await?,
        Main::Unreadable(error) => {
            again.instead(&events.invalid_call, Some(&error), WRONG_WAY).await?;
        }
        Main::Function(endpoint) => match endpoint.call(call).await {
            Ok(_) => {}
            Err(error) if again.is_wrong(&error) => {
                again.instead(&events.invalid_call, Some(&error), WRONG_WAY).await?;
            }
            Err(error) => return Err(error),
        },
    }
    // A function that never flushed has its commands on their own.
    if flow.log().newest() == start + 1 {
        flow.settle().await;
    }
    if let Some(after) = events.after.run(again.call(None)) {
        after.await?;
    }
    Ok(Outcome::new(Value::Empty))
}

/// The call once more, for the events around its function.
struct Again {
    call: Call,
    flow: Arc<Flow>,
}

impl Again {
    fn of(call: &Call, flow: &Arc<Flow>) -> Self {
        Self { call: copy(call, flow), flow: Arc::clone(flow) }
    }

    fn call(&self, problem: Option<&Error>) -> Call {
        let mut call = copy(&self.call, &self.flow);
        if let Some(problem) = problem
            && let Some(request) = call.parts.extensions.get_mut::<Request>()
        {
            request.refuse(problem.to_string());
        }
        call
    }

    /// Whether the function was called with what does not fit it, so that it never began.
    fn is_wrong(&self, error: &Error) -> bool {
        error.status() == StatusCode::BAD_REQUEST && !self.flow.began()
    }

    /// Lets an event stand in for the function, a message box without one.
    async fn instead(
        &self,
        event: &Listener,
        problem: Option<&Error>,
        message: &str,
    ) -> Result<(), Error> {
        if let Some(problem) = problem {
            problem.log();
        }
        match event.run(self.call(problem)) {
            Some(event) => event.await.map(drop),
            None => {
                self.flow.append(EventName::PAGE, alert(message));
                Ok(())
            }
        }
    }
}

/// A call of the same request that writes to the same run, without arguments.
fn copy(call: &Call, flow: &Arc<Flow>) -> Call {
    let (parts, values, states) = (call.parts.clone(), call.values.clone(), call.states.clone());
    let bare = Call::bare(parts, values, call.user.clone(), states, call.stay.clone());
    Call { flow: Some(Arc::clone(flow)), ..bare }
}
