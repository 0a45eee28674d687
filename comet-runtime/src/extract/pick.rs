//! How an argument that the route does not name is obtained, decided by its type.
//!
//! `argument::<T>("name").pick()` finds the first rung of a [ladder](crate::ladder) that `T` stands on:
//!
//! 1. [`Extract`]: Comet's own extractors and those written for it;
//! 2. `FromRequestParts`: axum-core's, of the request's head;
//! 3. `Deserialize`: an argument of the call;
//! 4. `FromRequest`: axum-core's, of the body;
//! 5. nothing, for which the compiler has a message of ours.

use std::future::{Future, ready};
use std::marker::PhantomData;
use std::sync::PoisonError;

use axum_core::extract::{FromRequest, FromRequestParts};
use axum_core::response::IntoResponse;
use http::{Request, StatusCode};
use serde::de::DeserializeOwned;

use super::Extract;
use super::nowhere::{NoLoan, NoWay};
use super::several::{Lent, Source, Way};
use crate::call::Call;
use crate::error::Error;
use crate::ladder::ladder;
use crate::registry::Signature;
use crate::state::States;

/// For one argument, by its name: the first rung.
#[must_use]
pub const fn argument<T>(name: &'static str) -> ByExtract<T> {
    ByExtract(ByParts(ByArgument(ByBody(ByNothing(name, PhantomData)))))
}

/// One rung: what it means for a type to be obtained in that way, and what is asked when it cannot be.
macro_rules! rung {
    ($(#[$doc:meta])* $by:ident, $next:ident, $via:ident, $($bound:tt)+) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $by<T>($next<T>);

        #[doc = concat!("The way that [`", stringify!($by), "`] picks.")]
        #[derive(Debug)]
        pub struct $via<T>(#[allow(dead_code)] &'static str, PhantomData<fn() -> T>);

        impl<T: $($bound)+> $by<T> {
            /// The way for `T`.
            pub fn pick(&self) -> $via<T> {
                $via(self.name(), PhantomData)
            }

            /// The way for a `T` that the handler borrows.
            pub fn lend(&self) -> Lent<$via<T>> {
                Lent(self.pick())
            }
        }
    };
}

rung!(
    /// First rung: Comet's own extractors.
    ByExtract, ByParts, ViaExtract, Extract
);
rung!(
    /// Second rung: axum-core's extractors of the head.
    ByParts, ByArgument, ViaParts, FromRequestParts<States> + Send
);
rung!(
    /// Third rung: an argument of the call.
    ByArgument, ByBody, ViaArgument, DeserializeOwned + Send
);
rung!(
    /// Fourth rung: axum-core's extractors of the body.
    ByBody, ByNothing, ViaBody, FromRequest<States> + Send
);

ladder! { (T) ByExtract, ByParts, ByArgument, ByBody, ByNothing }

/// Last rung: nothing fits.
#[derive(Debug)]
pub struct ByNothing<T>(&'static str, PhantomData<fn() -> T>);

impl<T> ByNothing<T> {
    fn name(&self) -> &'static str {
        self.0
    }

    /// No way for `T`, which must be something a handler can ask for.
    pub fn pick(&self) -> NoWay<T>
    where
        T: Handed,
    {
        NoWay::new()
    }

    /// The same for a `T` that the handler borrows.
    pub fn lend(&self) -> NoLoan<T>
    where
        T: Handed,
    {
        NoLoan::new()
    }
}

/// What a handler can ask for. Nothing has this: whatever can be asked for is found by a rung before the last.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something a comet handler can ask for",
    label = "not named in the route, not an argument of the call, and not an extractor",
    note = "name the argument in the route (`/…/{{name}}` or `?{{name}}`) to read it from the URL, derive `serde::Deserialize` to take it from the caller, or use an extractor such as `&mut Page`, `State<T>` or `User`",
    note = "a type that is not `Send`, such as one with an `Rc` in it, cannot be asked for, whatever else it is",
    note = "the `T` of `State<T>` is `Send + Sync + 'static`, and that of `Events<T>` has `serde::Serialize`"
)]
pub trait Handed {}

impl<T: Extract> Source for ViaExtract<T> {
    type Value = T;

    fn describe(&self, signature: &mut Signature) {
        T::describe(signature);
    }

    fn take(self, call: &Call) -> impl Future<Output = Result<T, Error>> + Send {
        T::extract_as(call, self.0)
    }
}

impl<T: FromRequestParts<States> + Send> Source for ViaParts<T> {
    type Value = T;

    fn describe(&self, _: &mut Signature) {}

    async fn take(self, call: &Call) -> Result<T, Error> {
        // An extractor may move things out of the head, and others still want to see it.
        let mut parts = call.parts.clone();
        T::from_request_parts(&mut parts, &call.states).await.map_err(refusal)
    }
}

impl<T: DeserializeOwned + Send> Source for ViaArgument<T> {
    type Value = T;

    fn describe(&self, signature: &mut Signature) {
        signature.arguments.push(self.0);
    }

    fn take(self, call: &Call) -> impl Future<Output = Result<T, Error>> + Send {
        ready(call.arguments.lock().unwrap_or_else(PoisonError::into_inner).take(self.0))
    }
}

impl<T: FromRequest<States> + Send> Source for ViaBody<T> {
    type Value = T;

    fn describe(&self, signature: &mut Signature) {
        signature.bodies.push(self.0);
    }

    async fn take(self, call: &Call) -> Result<T, Error> {
        let body = call.take_body().ok_or_else(|| consumed(self.0))?;
        let request = Request::from_parts(call.parts.clone(), body);
        T::from_request(request, &call.states).await.map_err(refusal)
    }
}

/// Each by itself: with one for all of them the compiler would not say what a type lacks, but that it has no way.
macro_rules! owned {
    ($($via:ident;)+) => {$(
        impl<T> Way for $via<T>
        where
            Self: Source<Value = T>,
            T: Send,
        {
            type Read<'r> = ();
            type Taken = T;
            type Slot = ();
            type Passed<'s> = T;

            fn describe(&self, signature: &mut Signature) {
                Source::describe(self, signature);
            }

            fn read(&self, _: &Call) -> Result<(), Error> {
                Ok(())
            }

            fn take(self, call: &Call) -> impl Future<Output = Result<T, Error>> + Send {
                Source::take(self, call)
            }

            fn pass((): (), taken: T, (): &mut ()) -> T {
                taken
            }
        }
    )+};
}

owned! { ViaExtract; ViaParts; ViaArgument; ViaBody; }

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
