//! Who may follow a channel: asked at every subscribe, with what the caller brings.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::call::Call;
use crate::error::{Error, Fault};
use crate::extract::Extract;

/// A guard's answer on its way.
pub type GuardFuture = Pin<Box<dyn Future<Output = Result<Verdict, Error>> + Send>>;

/// What an `access` function answers for a caller who may follow.
///
/// A plain `()` stands for [`Verdict::ALWAYS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub(crate) lifetime: Option<Duration>,
}

impl Verdict {
    /// For as long as the caller stays.
    pub const ALWAYS: Self = Self { lifetime: None };

    /// For so long, a second at least; then the function is asked again, without the stream noticing. Until it has
    /// answered, the stream stands still.
    #[must_use]
    pub const fn lasting(lifetime: Duration) -> Self {
        Self { lifetime: Some(lifetime) }
    }
}

/// What an `access` function may return inside its `Result`.
pub trait IntoVerdict {
    /// As a verdict.
    fn into_verdict(self) -> Verdict;
}

impl IntoVerdict for () {
    fn into_verdict(self) -> Verdict {
        Verdict::ALWAYS
    }
}

impl IntoVerdict for Verdict {
    fn into_verdict(self) -> Verdict {
        self
    }
}

/// Boxes a guard's future. Its bound says in an error message what has to hold.
pub fn guard<F>(future: F) -> GuardFuture
where
    F: Future<Output = Result<Verdict, Error>> + Send + 'static,
{
    Box::pin(future)
}

/// The verdict of a public channel.
pub fn open() -> Result<Verdict, Error> {
    Ok(Verdict::ALWAYS)
}

/// Asks an `access` function: the channel's parameters first, then up to four extractors.
pub async fn ask<F, P, M>(access: F, parameters: P, call: &Call) -> Result<Verdict, Error>
where
    F: Ask<P, M>,
{
    access.ask(parameters, call).await
}

/// A function that can be a channel's `access`: `async`, with the channel's parameters in order and then up to four
/// extractors, returning `Result<(), E>` or `Result<Verdict, E>` where `E` is a [`Fault`].
#[diagnostic::on_unimplemented(
    message = "this function cannot decide who may follow the channel",
    label = "expected an `async fn` of `{P}`, then extractors, that returns `Result<(), E>`",
    note = "extractors are types with `comet::Extract`, such as `User`, `State<T>` and `Cookies`; `E` is `comet::Error` or a `comet::Fault`"
)]
pub trait Ask<P, M> {
    /// Asks.
    fn ask(self, parameters: P, call: &Call) -> impl Future<Output = Result<Verdict, Error>>;
}

macro_rules! asks {
    ($(($($param:ident)*) ($($extractor:ident)*);)+) => {$(
        impl<Func, Fut, V, E, $($param,)* $($extractor,)*> Ask<($($param,)*), ($($extractor,)*)> for Func
        where
            Func: FnOnce($($param,)* $($extractor,)*) -> Fut,
            Fut: Future<Output = Result<V, E>>,
            V: IntoVerdict,
            E: Fault,
            $($extractor: Extract,)*
        {
            #[allow(non_snake_case)]
            async fn ask(self, ($($param,)*): ($($param,)*), call: &Call) -> Result<Verdict, Error> {
                let _ = call;
                $(let $extractor = $extractor::extract(call).await?;)*
                let answer = self($($param,)* $($extractor,)*).await;
                answer.map(V::into_verdict).map_err(E::into_error)
            }
        }
    )+};
}

asks! {
    () (); () (A); () (A B); () (A B C); () (A B C D);
    (P) (); (P) (A); (P) (A B); (P) (A B C); (P) (A B C D);
    (P Q) (); (P Q) (A); (P Q) (A B); (P Q) (A B C); (P Q) (A B C D);
    (P Q R) (); (P Q R) (A); (P Q R) (A B); (P Q R) (A B C); (P Q R) (A B C D);
}
