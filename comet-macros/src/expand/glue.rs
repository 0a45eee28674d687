//! The functions that are registered for an endpoint.

use proc_macro2::{Ident, Span};

use super::At;
use super::argument::{Taken, typed};
use crate::code::{Code, Piece as _, code};
use crate::model::{Endpoint, Handler, Late, Place, Returned};
use crate::tokens::start;

/// The functions of one endpoint.
pub(super) struct Glue<'h> {
    handler: &'h Handler,
    /// The place of the name.
    name: At,
    arguments: Vec<Taken<'h>>,
}

impl<'h> Glue<'h> {
    pub(super) fn new(handler: &'h Handler, endpoint: &'h Endpoint) -> Self {
        let place = &handler.place;
        let pairs = handler.arguments.iter().zip(&endpoint.sources).enumerate();
        let arguments =
            pairs.map(|(nth, (argument, source))| Taken::new(place, argument, *source, nth));
        Self { handler, name: At::of(place), arguments: arguments.collect() }
    }

    /// Notes the types of all that crosses the wire.
    pub(super) fn types(&self) -> Option<Code> {
        let span = self.name.span;
        let noted = cfg!(feature = "typescript").then(|| self.noted())?;
        Some(code!(span=> types: |__types| { #noted },))
    }

    fn noted(&self) -> Code {
        let handler = self.handler;
        let at = At::new(&handler.place, handler.returns.anchor);
        let At { span, p } = &at;
        let (span, anchor) = (*span, handler.returns.anchor);
        let described = code!(span=> __types);
        let returned = match &handler.returns.ty {
            Returned::Hidden => Code::default(),
            Returned::Nothing => code!(span=> #p::Returned::<()>::new().note("", #described);),
            Returned::Value(ty) => {
                let ty = Code::located(ty, anchor);
                code!(span=> #p::Returned::<#ty>::new().note("", #described);)
            }
            Returned::Items(ty) => {
                let item = Code::located(ty, anchor);
                typed(&at, code!(span=> #p::Events<#item>), "", described)
            }
        };
        let arguments = self.arguments.iter().map(Taken::typed).collect::<Code>();
        code!(self.name.span=> #arguments #returned)
    }

    /// What the handler takes, and how it is called with that.
    pub(super) fn serve(&self) -> Code {
        let At { span, p } = &self.name;
        let (ways, taken) = self.ways();
        let run = self.run();
        let serve = if self.handler.returns.future { "serve" } else { "serve_stream" };
        let serve = Ident::new(serve, *span);
        code!(*span=> |__want| #p::#serve(__want, #ways, |#taken, __given| #run))
    }

    /// The ways to all arguments, and the pattern of what they lead to: tuples, of tuples where there are more than
    /// [`AT_ONCE`].
    fn ways(&self) -> (Code, Code) {
        let span = self.name.span;
        let arguments = self.arguments.iter().map(|argument| (argument.way(), argument.bound()));
        let mut all: Vec<_> = self.instance().into_iter().chain(arguments).collect();
        while all.len() > AT_ONCE {
            let mut rest = all.into_iter().peekable();
            let mut tuples = Vec::new();
            while rest.peek().is_some() {
                tuples.push(tuple(span, rest.by_ref().take(AT_ONCE)));
            }
            all = tuples;
        }
        tuple(span, all.into_iter())
    }

    /// The way to the instance and its variable. What is wrong with it stands at the block's type, so that it is said once
    /// and not for each method.
    fn instance(&self) -> Option<(Code, Code)> {
        let place = &self.handler.place;
        let owner = place.owner.as_ref().filter(|_| self.handler.takes_self)?;
        let anchor = start(owner);
        let At { span, p } = &At::new(place, anchor);
        let owner = Code::located(owner, anchor);
        let way = code!(*span=> #p::instance::<#owner>().called_from_many_threads());
        Some((way, code!(self.name.span=> __instance)))
    }

    /// The user's function, called as a plain function, and what becomes of its result. What is wrong with the future
    /// stands at the name, what is wrong with its result at the type.
    fn run(&self) -> Code {
        let name = self.name.span;
        let At { span, p: reply } = &At::new(&self.handler.place, self.handler.returns.anchor);
        let reply = code!(*span=> #reply::Reply::reply);
        let kept = self.arguments.iter().any(Taken::is_kept);
        let future = match (self.handler.returns.future, kept) {
            (true, false) => self.called(name),
            (true, true) => {
                let called = self.called(name);
                code!(name=> async move { #called.await })
            }
            (false, false) => {
                let called = self.called(*span);
                return code!(*span=> __given.stream(#called));
            }
            (false, true) => {
                let called = self.called(*span);
                code!(*span=> async move { __given.stream(#called).await })
            }
        };
        code!(name=> __given.handler_future_must_be_send(#future, #reply))
    }

    fn called(&self, span: Span) -> Code {
        let place = &self.handler.place;
        let mut ident = place.ident.clone();
        ident.set_span(ident.span().located_at(span));
        let instance = self.handler.takes_self.then(|| code!(span=> __instance,));
        let passed = self.arguments.iter().map(Taken::pass);
        let passed = passed.map(|argument| code!(span=> #argument,)).collect::<Code>();
        match &place.owner {
            None => code!(span=> #ident(#passed)),
            Some(owner) => {
                let owner = Code::located(code!(span=> <#owner>), span);
                code!(span=> #owner::#ident(#instance #passed))
            }
        }
    }
}

/// How many ways a tuple has at most.
const AT_ONCE: usize = 8;

/// A tuple of ways, and one of their variables; one alone is none.
fn tuple(span: Span, parts: impl ExactSizeIterator<Item = (Code, Code)>) -> (Code, Code) {
    let one = parts.len() == 1;
    let (mut ways, mut variables) = (Code::default(), Code::default());
    for (way, variable) in parts {
        if one {
            return (way, variable);
        }
        code!(span=> #way,).write(&mut ways);
        code!(span=> #variable,).write(&mut variables);
    }
    (code!(span=> (#ways)), code!(span=> (#variables)))
}

/// What replies when the time is up.
pub(super) fn late(place: &Place, late: &Late) -> Code {
    let Late { function, anchor } = late;
    let At { span, p } = &At::new(place, *anchor);
    let function = Code::of(function);
    code!(*span=> |__call| #p::late(#function, __call))
}
