//! `on_timeout`: what a long poll is answered when its time is up.

use crate::call::Call;
use crate::extract::Extract;
use crate::reply::{BoxFuture, Reply};

/// The reply of a function that stands in for a handler whose time is up.
pub fn late<F: Late<M>, M>(function: F, call: Call) -> BoxFuture {
    function.late(call)
}

/// A function that can be `on_timeout`: `async` or not, of up to four extractors, returning what a handler may return.
#[diagnostic::on_unimplemented(
    message = "this function cannot reply when the time is up",
    label = "expected a function of up to four extractors that returns what a handler may return",
    note = "extractors are types with `comet::Extract`, such as `State<T>`, `User` and `Cookies`; arguments of the call and values of the route are the handler's alone"
)]
pub trait Late<M>: Sized {
    /// The reply on its way.
    fn late(self, call: Call) -> BoxFuture;
}

/// Of an `async fn`.
#[derive(Debug)]
pub struct Waited;

/// Of a plain `fn`.
#[derive(Debug)]
pub struct AtOnce;

macro_rules! late {
    ($(($($extractor:ident)*);)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<Func, Fut, $($extractor,)*> Late<(Waited, $($extractor,)*)> for Func
        where
            Func: FnOnce($($extractor,)*) -> Fut + Send + 'static,
            Fut: Future<Output: Reply> + Send + 'static,
            $($extractor: Extract + Send + 'static,)*
        {
            #[allow(non_snake_case)]
            fn late(self, call: Call) -> BoxFuture {
                Box::pin(async move {
                    $(let $extractor = $extractor::extract(&call).await?;)*
                    let _ = call;
                    self($($extractor,)*).await.reply()
                })
            }
        }

        #[diagnostic::do_not_recommend]
        impl<Func, R, $($extractor,)*> Late<(AtOnce, $($extractor,)*)> for Func
        where
            Func: FnOnce($($extractor,)*) -> R + Send + 'static,
            R: Reply,
            $($extractor: Extract + Send + 'static,)*
        {
            #[allow(non_snake_case)]
            fn late(self, call: Call) -> BoxFuture {
                Box::pin(async move {
                    $(let $extractor = $extractor::extract(&call).await?;)*
                    let _ = call;
                    self($($extractor,)*).reply()
                })
            }
        }
    )+};
}

late! {
    (); (A); (A B); (A B C); (A B C D);
}
