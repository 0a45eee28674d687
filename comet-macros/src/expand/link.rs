//! The typed link of a handler: beside a function a type of its name, on a type a function more.

use proc_macro2::{Ident, Span};
use syn::Visibility;

use super::At;
use super::url::{Url, url};
use crate::code::{Code, Piece as _, code};
use crate::model::{Broken, Handler, Place};
use crate::tokens::unraw;

/// What others name to write a URL of a handler.
pub(super) struct Link<'h> {
    pub(super) place: &'h Place,
    url: Url,
    /// What it links to.
    shown: String,
    /// What `url!` asks.
    named: Named,
}

/// The function behind `url!`, which takes values by the names of their placeholders.
struct Named {
    /// What follows the function's name.
    signature: Code,
    body: Code,
}

impl Named {
    fn of(p: &Ident, pattern: &str, url: &Url) -> Self {
        let (generics, types) = (url.generics.clone(), url.types.clone());
        let here = Span::call_site();
        Self {
            signature: code!(here=> #generics () -> #p::NamedLink<fn(#types)>),
            body: code!(here=> #p::NamedLink::new(#pattern)),
        }
    }
}

impl<'h> Link<'h> {
    /// The link of a handler: to its first route, or else to its name.
    pub(super) fn of(handler: &'h Handler) -> Self {
        let place = &handler.place;
        let first = handler.endpoints.first();
        let name = first.and_then(|first| first.names.first()).map_or("", |name| &name.text);
        let by_name = format!("/comet/call/{name}");
        let route = first.and_then(|first| Some((first.method, first.routes.first()?)));
        let p = At::of(place).p;
        let (pattern, url, shown) = match route {
            Some((method, route)) => {
                let pattern = route.full.source();
                let shown = format!("{} {pattern}", method.registered());
                (pattern, url(handler, route), shown)
            }
            None => (&*by_name, Url::fixed(&p, &by_name), format!("POST {by_name}")),
        };
        let named = Named::of(&p, pattern, &url);
        Self { place, url, shown, named }
    }

    /// The link of a handler that was refused: it can be named, so that nothing else is wrong.
    pub(super) fn stub(broken: &'h Broken) -> Self {
        let Broken { place, placeholders } = broken;
        let (p, here) = (&At::of(place).p, Span::call_site());
        let parameters = (0..*placeholders).map(|_| code!(here=> _: impl #p::Sized,)).collect();
        let url = Url { parameters, ..Url::fixed(p, "") };
        let named =
            Named { signature: code!(here=> () -> #p::Refused), body: code!(here=> #p::Refused) };
        Self { place, url, shown: String::new(), named }
    }

    /// The type of a function's name.
    pub(super) fn beside(&self) -> Option<Code> {
        let Place { ident, vis, link, owner: None, .. } = self.place else { return None };
        let (link, handler) = (link.as_ref()?, unraw(ident));
        let doc = &*format!("Links to [`{handler}()`]: `{}`.", self.shown);
        Some(code! {ident.span()=>
            #[doc = #doc]
            #[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
            #[allow(clippy::pedantic, clippy::restriction)]
            #vis enum #link {}
        })
    }

    /// The function that writes the URL.
    pub(super) fn within(self) -> Option<Code> {
        let Place { ident, vis, link, owner, cfgs, .. } = self.place;
        let (link, span, handler) = (link.as_ref()?, ident.span(), unraw(ident));
        let (p, cfgs) = (&At::of(self.place).p, &**cfgs);
        let Url { generics, parameters, body, .. } = self.url;
        let Named { signature, body: named } = self.named;
        if let Some(owner) = owner {
            let doc = &*format!("Links to [`{handler}`](Self::{handler}): `{}`.", self.shown);
            let link_with = Ident::new(&format!("{handler}_url_with"), span);
            return Some(code! {span=>
                #cfgs
                impl #owner {
                    #[doc = #doc]
                    #vis fn #link #generics (#parameters) -> #p::Url { #body }

                    #[doc(hidden)]
                    #vis const fn #link_with #signature { #named }
                }
            });
        }
        let doc = &*format!("The URL of [`{handler}()`].");
        // The type is private already: a function that is, too, would be a second error for whoever names it.
        let mut open = match vis {
            Visibility::Inherited => code!(Span::call_site()=> pub(crate)),
            _ => Code::default(),
        };
        vis.write(&mut open);
        let also_open = open.clone();
        Some(code! {span=>
            impl #link {
                #[doc = #doc]
                #open fn url #generics (#parameters) -> #p::Url { #body }

                #[doc(hidden)]
                #also_open const fn url_with #signature { #named }
            }
        })
    }
}
