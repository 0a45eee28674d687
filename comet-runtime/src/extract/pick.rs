//! How an argument that the route does not name is obtained, decided by its type.
//!
//! An expansion knows the concrete type, so method resolution can choose: `(&&&&argument::<T>()).pick()` finds the first
//! of these that `T` satisfies, as each `&` less is one rung down the ladder.
//!
//! 1. [`Extract`]: Comet's own extractors and those written for it;
//! 2. `FromRequestParts`: axum-core's, of the request's head;
//! 3. `Deserialize`: an argument of the call;
//! 4. `FromRequest`: axum-core's, of the body; and the rung where the compiler's message lands when nothing fits.

use std::future::{Future, ready};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::PoisonError;

use axum_core::body::Body;
use axum_core::extract::{FromRequest, FromRequestParts};
use axum_core::response::IntoResponse;
use http::{Request, StatusCode};
use serde::de::DeserializeOwned;

use super::Extract;
use super::several::Way;
use crate::call::Call;
use crate::error::Error;
use crate::registry::Signature;
use crate::state::States;

/// The foot of the ladder.
#[derive(Debug)]
pub struct Pick<T>(PhantomData<fn() -> T>);

/// For one argument.
#[must_use]
pub const fn argument<T>() -> Pick<T> {
    Pick(PhantomData)
}

/// The rungs and what they lead to without their names, which are nothing to the code they are brought into.
pub mod ladder {
    pub use super::super::several::Way as _;
    pub use super::{ByArgument as _, ByBody as _, ByExtract as _, ByParts as _};
}

/// One rung: what it means for a type to be obtained in that way.
macro_rules! rung {
    ($(#[$doc:meta])* $by:ident, $via:ident, $on:ty, $($bound:tt)+) => {
        $(#[$doc])*
        pub trait $by<T> {
            /// The way for `T`.
            fn pick(&self) -> $via<T>;
        }

        #[doc = concat!("The way that [`", stringify!($by), "`] picks.")]
        #[derive(Debug)]
        pub struct $via<T>(PhantomData<fn() -> T>);

        impl<T: $($bound)+> $by<T> for $on {
            fn pick(&self) -> $via<T> {
                $via(PhantomData)
            }
        }
    };
}

rung!(
    /// First rung: Comet's own extractors.
    ByExtract, ViaExtract, &&&Pick<T>, Extract
);
rung!(
    /// Second rung: axum-core's extractors of the head.
    ByParts, ViaParts, &&Pick<T>, FromRequestParts<States>
);
rung!(
    /// Third rung: an argument of the call.
    ByArgument, ViaArgument, &Pick<T>, DeserializeOwned
);

/// Last rung: axum-core's extractors of the body.
pub trait ByBody<T> {
    /// The way for `T`, which must be something a handler can ask for.
    fn pick(&self) -> ViaBody<T>
    where
        T: Handed;
}

/// The way that [`ByBody`] picks.
///
/// It holds what it needs of `T`, so that the bound stands at `pick` alone and a type that does not fit is one error.
#[derive(Debug)]
pub struct ViaBody<T: 'static>(for<'c> fn(&'c Call, Body) -> Taking<'c, T>);

type Taking<'c, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'c>>;

impl<T> ByBody<T> for Pick<T> {
    fn pick(&self) -> ViaBody<T>
    where
        T: Handed,
    {
        ViaBody(|call, body| Box::pin(T::hand(call, body)))
    }
}

/// What a handler can ask for when nothing else fits: axum-core's extractors of the body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something a comet handler can ask for",
    label = "not named in the route, not an argument of the call, and not an extractor",
    note = "name the argument in the route (`/…/{{name}}` or `?{{name}}`) to read it from the URL, derive `serde::Deserialize` to take it from the caller, or use an extractor such as `&mut Page`, `State<T>` or `User`",
    note = "the `T` of `State<T>` is `Send + Sync + 'static`, and that of `Events<T>` has `serde::Serialize`"
)]
pub trait Handed: Sized + 'static {
    /// Takes the value out of the call's request.
    fn hand(call: &Call, body: Body) -> impl Future<Output = Result<Self, Error>> + Send;
}

#[diagnostic::do_not_recommend]
impl<T: FromRequest<States> + 'static> Handed for T {
    async fn hand(call: &Call, body: Body) -> Result<Self, Error> {
        let request = Request::from_parts(call.parts.clone(), body);
        T::from_request(request, &call.states).await.map_err(refusal)
    }
}

impl<T: Extract> Way for ViaExtract<T> {
    type Taken = T;

    fn take(
        self,
        call: &Call,
        name: &'static str,
    ) -> impl Future<Output = Result<T, Error>> + Send {
        T::extract_as(call, name)
    }
}

impl<T: Extract> ViaExtract<T> {
    /// Notes what the argument says about its handler.
    pub fn describe(self, _: &'static str, signature: &mut Signature) {
        T::describe(signature);
    }
}

impl<T: FromRequestParts<States>> Way for ViaParts<T> {
    type Taken = T;

    async fn take(self, call: &Call, _: &'static str) -> Result<T, Error> {
        // An extractor may move things out of the head, and others still want to see it.
        let mut parts = call.parts.clone();
        T::from_request_parts(&mut parts, &call.states).await.map_err(refusal)
    }
}

impl<T> ViaParts<T> {
    /// Notes what the argument says about its handler.
    pub fn describe(self, _: &'static str, _: &mut Signature) {}
}

impl<T: DeserializeOwned + Send> Way for ViaArgument<T> {
    type Taken = T;

    fn take(
        self,
        call: &Call,
        name: &'static str,
    ) -> impl Future<Output = Result<T, Error>> + Send {
        ready(call.arguments.lock().unwrap_or_else(PoisonError::into_inner).take(name))
    }
}

impl<T: Send> ViaArgument<T> {
    /// Notes what the argument says about its handler.
    pub fn describe(self, name: &'static str, signature: &mut Signature) {
        signature.arguments.push(name);
    }
}

impl<T> Way for ViaBody<T> {
    type Taken = T;

    async fn take(self, call: &Call, name: &'static str) -> Result<T, Error> {
        let body = call.take_body().ok_or_else(|| consumed(name))?;
        (self.0)(call, body).await
    }
}

impl<T> ViaBody<T> {
    /// Notes what the argument says about its handler.
    pub fn describe(self, name: &'static str, signature: &mut Signature) {
        signature.bodies.push(name);
    }
}

fn consumed(name: &str) -> Error {
    let detail = format!("argument `{name}` wants the request's body, which is already used");
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
}

/// An axum-core rejection as one of ours, with its status; its body is text for the client by axum's own convention.
fn refusal(rejection: impl IntoResponse) -> Error {
    let (parts, body) = rejection.into_response().into_parts();
    let text = crate::reply::ready_text(body);
    let known = text.filter(|text| !text.is_empty() && !parts.status.is_server_error());
    Error::new(
        parts.status,
        known.unwrap_or_else(|| "the request does not fit the handler".to_owned()),
    )
}
