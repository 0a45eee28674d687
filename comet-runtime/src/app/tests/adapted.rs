//! An app with an adapter.

use http::request::Parts;

use super::{Tested, endpoint, plan};
use crate::app::Adapter;
use crate::auth::{SharedAuthenticator, User};
use crate::channel::Declaration;
use crate::config::Config;
use crate::state::States;

/// An app with a channel and an adapter, and what its handlers reach that by. The header `x-user` says who asks.
pub(crate) fn adapted(
    channel: &'static Declaration,
    adapter: impl Into<Adapter>,
    config: Config,
) -> (Tested, States) {
    let mut plan = plan([endpoint(1)]);
    plan.channels.push(channel);
    plan.authenticator = Some(SharedAuthenticator::new(user));
    let adapter = adapter.into();
    assert_eq!(adapter.provide(&mut plan.states), None);
    plan.adapters.push(adapter);
    let states = plan.states.clone();
    (Tested::with(plan, config), states)
}

fn user(parts: &Parts) -> Option<User> {
    Some(User::new(parts.headers.get("x-user")?.to_str().ok()?))
}
