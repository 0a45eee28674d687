//! The two functions that are registered for an endpoint.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::argument::Taken;
use super::{private, private_at};
use crate::model::{Endpoint, Handler};
use crate::tokens::{glue_at, located_at};

fn arguments<'h>(
    handler: &'h Handler,
    endpoint: &'h Endpoint,
) -> impl Iterator<Item = Taken<'h>> + Clone {
    let place = &handler.place;
    let pairs = handler.arguments.iter().zip(&endpoint.sources).enumerate();
    pairs.map(move |(nth, (argument, source))| Taken { place, argument, source: *source, nth })
}

/// What is asked at start-up: what the handler takes and how it replies.
pub(super) fn signature(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let p = private(&handler.place);
    let described = arguments(handler, endpoint).filter_map(|argument| argument.describe());
    let instance = handler.place.owner.as_ref().filter(|_| handler.takes_self);
    let instance = instance.map(|owner| quote!(#p::needs_instance::<#owner>(__signature);));
    let streams = (!handler.returns.future).then(|| quote!(#p::streams(__signature);));
    quote! {
        fn __comet_signature(__signature: &mut #p::Signature) {
            #instance
            #(#described)*
            #streams
            let _ = __signature;
        }
    }
}

/// What is done for a request: extract, run, reply.
pub(super) fn call(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let p = private(&handler.place);
    let extracted = arguments(handler, endpoint).map(|argument| argument.extract());
    let owner = handler.place.owner.as_ref().filter(|_| handler.takes_self);
    let instance = owner.map(|owner| quote!(let __instance = #p::instance::<#owner>(&__call)?;));
    let run = run(handler, endpoint);
    quote! {
        fn __comet_call(__call: #p::Call) -> #p::BoxFuture {
            #p::boxed(async move {
                #instance
                #(#extracted)*
                #p::begin(&__call)?;
                #run
            })
        }
    }
}

/// The user's function, called as a plain function, and what becomes of its result.
fn run(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let name = handler.place.ident.span();
    let p = private(&handler.place);
    let reply = private_at(&handler.place, handler.returns.anchor);
    let called = called(handler, endpoint);
    let span = glue_at(handler.returns.anchor);
    if handler.returns.future {
        let future = quote_spanned!(glue_at(name)=> #p::handler_future_must_be_send(#called));
        let reply = quote_spanned!(span=> #reply::reply(__returned));
        quote!(let __returned = #future.await; #reply)
    } else {
        let reply = quote_spanned!(span=> #reply::stream(__returned, &__call).await);
        quote!(let __returned = #called; #reply)
    }
}

fn called(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let ident = &handler.place.ident;
    let span = glue_at(ident.span());
    let instance = handler.takes_self.then(|| quote_spanned!(span=> &__instance,));
    let passed = arguments(handler, endpoint).map(|argument| argument.pass());
    match &handler.place.owner {
        None => quote_spanned!(span=> #ident(#(#passed),*)),
        Some(owner) => {
            let owner = located_at(quote!(<#owner>), ident.span());
            quote_spanned!(span=> #owner::#ident(#instance #(#passed),*))
        }
    }
}
