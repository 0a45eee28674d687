//! The functions that are registered for an endpoint.

use super::At;
use super::argument::{Taken, typed};
use crate::code::{Code, Piece as _, code};
use crate::model::{Endpoint, Handler, Late, Place, Returned};

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

    /// What is asked at start-up: what the handler takes and how it replies.
    pub(super) fn signature(&self) -> Option<Code> {
        let At { span, p } = &self.name;
        let span = *span;
        let described = self.arguments.iter().filter_map(Taken::describe).collect::<Code>();
        let instance = self.handler.place.owner.as_ref().filter(|_| self.handler.takes_self);
        let instance =
            instance.map(|owner| code!(span=> #p::needs_instance::<#owner>(__signature);));
        let streams =
            (!self.handler.returns.future).then(|| code!(span=> #p::streams(__signature);));
        let types = cfg!(feature = "typescript").then(|| self.types());
        let said = code!(span=> #instance #described #streams #types);
        (!said.is_empty()).then(|| code!(span=> signature: |__signature| { #said },))
    }

    /// Notes the types of all that crosses the wire.
    fn types(&self) -> Code {
        let handler = self.handler;
        let at = At::new(&handler.place, handler.returns.anchor);
        let At { span, p } = &at;
        let (span, anchor) = (*span, handler.returns.anchor);
        let described = code!(span=> &mut __signature.types);
        let returned = match &handler.returns.ty {
            Returned::Hidden => Code::default(),
            Returned::Nothing => code!(span=> (&&&#p::Returned::<()>::new()).note("", #described);),
            Returned::Value(ty) => {
                let ty = Code::located(ty, anchor);
                code!(span=> (&&&#p::Returned::<#ty>::new()).note("", #described);)
            }
            Returned::Items(ty) => {
                let item = Code::located(ty, anchor);
                typed(&at, code!(span=> #p::Events<#item>), "", described)
            }
        };
        let arguments = self.arguments.iter().map(Taken::typed).collect::<Code>();
        let At { span, p } = &self.name;
        code! {*span=>
            #[allow(unused_imports)]
            use #p::rungs::*;
            #arguments
            #returned
        }
    }

    /// What is done for a request: extract, run, reply.
    pub(super) fn call(&self) -> Code {
        let At { span, p } = &self.name;
        let span = *span;
        let extracted = self.extracted();
        let owner = self.handler.place.owner.as_ref().filter(|_| self.handler.takes_self);
        let instance =
            owner.map(|owner| code!(span=> let __instance = #p::instance::<#owner>(&__call)?;));
        let run = self.run();
        code! {span=>
            |__call| #p::boxed(#p::stay(&__call), async move {
                #instance
                #extracted
                #run
            })
        }
    }

    /// Takes the arguments out of the call: first what is in the URL, then [`AT_ONCE`] of the others in a statement.
    fn extracted(&self) -> Code {
        let At { span, p } = &self.name;
        let span = *span;
        let (in_url, others): (Vec<_>, Vec<_>) =
            self.arguments.iter().partition(|argument| argument.is_in_url());
        let values = in_url.into_iter().map(Taken::read);
        let last = others.len().div_ceil(AT_ONCE);
        let others = others.chunks(AT_ONCE).enumerate().map(|(nth, others)| {
            if let ([only], 1) = (others, last) {
                return only.only();
            }
            let [variables, names, witnesses] = parts(others);
            let take = if nth + 1 < last { code!(span=> part) } else { code!(span=> take) };
            code!(span=> let (#variables) = #p::#take(&__call, [#names], (#witnesses)).await?;)
        });
        let begin = (last == 0).then(|| code!(span=> #p::begin(&__call)?;));
        values.chain(others).chain(begin).collect()
    }

    /// The user's function, called as a plain function, and what becomes of its result.
    fn run(&self) -> Code {
        let At { span: name, p } = &self.name;
        let name = *name;
        let At { span, p: reply } = &At::new(&self.handler.place, self.handler.returns.anchor);
        let span = *span;
        let called = self.called();
        let returned = code!(span=> __returned);
        let start = code!(name=> let #returned =);
        if self.handler.returns.future {
            let reply = code!(span=> #reply::Reply::reply(__returned));
            code!(name=> #start #p::handler_future_must_be_send(#called).await; #reply)
        } else {
            let reply = code!(span=> #reply::stream(__returned, &__call).await);
            code!(name=> #start #called; #reply)
        }
    }

    fn called(&self) -> Code {
        let place = &self.handler.place;
        let (ident, span) = (&place.ident, self.name.span);
        let instance = self.handler.takes_self.then(|| code!(span=> &__instance,));
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

/// How many arguments the runtime takes in one go.
const AT_ONCE: usize = 8;

fn parts(arguments: &[&Taken<'_>]) -> [Code; 3] {
    let mut all = [Code::default(), Code::default(), Code::default()];
    for argument in arguments {
        for (all, part) in all.iter_mut().zip(argument.parts()) {
            part.write(all);
        }
    }
    all
}

/// What replies when the time is up.
pub(super) fn late(place: &Place, late: &Late) -> Code {
    let Late { function, anchor } = late;
    let At { span, p } = &At::new(place, *anchor);
    let function = Code::of(function);
    code!(*span=> |__call| #p::late(#function, __call))
}
