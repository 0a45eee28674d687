//! The functions that are registered for an endpoint.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::argument::{Taken, typed};
use super::{local, short, span_at};
use crate::model::{Endpoint, Handler, Late, Place, Returned};
use crate::tokens::located_at;

fn arguments<'h>(
    handler: &'h Handler,
    endpoint: &'h Endpoint,
) -> impl Iterator<Item = Taken<'h>> + Clone {
    let place = &handler.place;
    let pairs = handler.arguments.iter().zip(&endpoint.sources).enumerate();
    pairs.map(move |(nth, (argument, source))| Taken { place, argument, source: *source, nth })
}

/// What is asked at start-up: what the handler takes and how it replies.
pub(super) fn signature(handler: &Handler, endpoint: &Endpoint) -> Option<TokenStream> {
    let (place, name) = (&handler.place, handler.place.ident.span());
    let (p, signature) = (short(place, name), local(place, "__signature", name));
    let described = arguments(handler, endpoint).filter_map(|argument| argument.describe());
    let instance = place.owner.as_ref().filter(|_| handler.takes_self);
    let instance = instance.map(|owner| quote!(#p::needs_instance::<#owner>(#signature);));
    let streams = (!handler.returns.future).then(|| quote!(#p::streams(#signature);));
    let types = cfg!(feature = "typescript").then(|| types(handler, endpoint));
    let parts = instance.into_iter().chain(described).chain(streams).chain(types);
    let said: TokenStream = parts.collect();
    (!said.is_empty()).then(|| quote!(signature: |#signature| { #said },))
}

/// Notes the types of all that crosses the wire.
fn types(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let (place, anchor) = (&handler.place, handler.returns.anchor);
    let (p, span) = (short(place, anchor), span_at(place, anchor));
    let signature = local(place, "__signature", anchor);
    let described = quote_spanned!(span=> &mut #signature.types);
    let returned = match &handler.returns.ty {
        Returned::Hidden => TokenStream::new(),
        Returned::Nothing => {
            quote_spanned!(span=> (&&&#p::Returned::<()>::new()).note("", #described);)
        }
        Returned::Value(ty) => {
            let ty = located_at(ty.to_token_stream(), anchor);
            quote_spanned!(span=> (&&&#p::Returned::<#ty>::new()).note("", #described);)
        }
        Returned::Items(ty) => {
            let item = located_at(ty.to_token_stream(), anchor);
            typed(&p, span, &quote_spanned!(span=> #p::Events<#item>), "", &described)
        }
    };
    let arguments = arguments(handler, endpoint).map(|argument| argument.typed());
    quote! {
        #[allow(unused_imports)]
        use #p::rungs::*;
        #(#arguments)*
        #returned
    }
}

/// What is done for a request: extract, run, reply.
pub(super) fn call(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let (place, name) = (&handler.place, handler.place.ident.span());
    let p = short(place, name);
    let (call, instance) = (local(place, "__call", name), local(place, "__instance", name));
    let extracted = arguments(handler, endpoint).map(|argument| argument.extract());
    let owner = place.owner.as_ref().filter(|_| handler.takes_self);
    let instance = owner.map(|owner| quote!(let #instance = #p::instance::<#owner>(&#call)?;));
    let run = run(handler, endpoint);
    quote! {
        |#call| #p::boxed(#p::stay(&#call), async move {
            #instance
            #(#extracted)*
            #p::begin(&#call)?;
            #run
        })
    }
}

/// What replies when the time is up.
pub(super) fn late(place: &Place, late: &Late) -> TokenStream {
    let Late { function, anchor } = late;
    let (p, span) = (short(place, *anchor), span_at(place, *anchor));
    let call = local(place, "__call", *anchor);
    quote_spanned!(span=> |#call| #p::late(#function, #call))
}

/// The user's function, called as a plain function, and what becomes of its result.
fn run(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let place = &handler.place;
    let (name, anchor) = (place.ident.span(), handler.returns.anchor);
    let (p, reply, span) = (short(place, name), short(place, anchor), span_at(place, anchor));
    let called = called(handler, endpoint);
    let returned = local(place, "__returned", anchor);
    if handler.returns.future {
        let future = quote_spanned!(name=> #p::handler_future_must_be_send(#called));
        let reply = quote_spanned!(span=> #reply::Reply::reply(#returned));
        quote!(let #returned = #future.await; #reply)
    } else {
        let call = local(place, "__call", anchor);
        let reply = quote_spanned!(span=> #reply::stream(#returned, &#call).await);
        quote!(let #returned = #called; #reply)
    }
}

fn called(handler: &Handler, endpoint: &Endpoint) -> TokenStream {
    let ident = &handler.place.ident;
    let span = ident.span();
    let instance = local(&handler.place, "__instance", span);
    let instance = handler.takes_self.then(|| quote_spanned!(span=> &#instance,));
    let passed = arguments(handler, endpoint).map(|argument| argument.pass());
    match &handler.place.owner {
        None => quote_spanned!(span=> #ident(#(#passed),*)),
        Some(owner) => {
            let owner = located_at(quote!(<#owner>), span);
            quote_spanned!(span=> #owner::#ident(#instance #(#passed),*))
        }
    }
}
