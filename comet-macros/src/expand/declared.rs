//! What a handler's type declares: all that the handler answers. It is registered from there, and other code may read it.

use proc_macro2::{Ident, Span};

use super::At;
use crate::code::{Code, code};
use crate::model::Place;

/// The type that declares the endpoints of one item.
pub(super) struct Declarer {
    p: Ident,
    ty: Code,
    /// What tells several items of one type apart.
    at: Code,
    /// Whether `at` is made for that and for nothing else.
    made: bool,
}

impl Declarer {
    /// The link of a function; the type of a block, which may have several blocks.
    pub(super) fn of(place: &Place) -> Self {
        let p = At::of(place).p;
        if let (None, Some(link)) = (&place.owner, &place.link) {
            let link: Code = Some(link).into_iter().collect();
            return Self { p, ty: link.clone(), at: link, made: false };
        }
        let span = At::new(place, Span::call_site()).span;
        let at = code!(span=> __CometItem);
        let ty = place.owner.as_ref().map_or_else(|| at.clone(), Code::of);
        Self { p, ty, at, made: true }
    }

    /// The declaration.
    pub(super) fn declares(&self, elements: Code) -> Code {
        let p = &self.p;
        let (ty, at) = (self.ty.clone(), self.at.clone());
        let here = Span::call_site();
        // Public, as whoever lists the type names it by inference.
        let made = self.made.then(|| {
            let at = at.clone();
            code! {here=>
                #[allow(missing_docs, missing_debug_implementations, unreachable_pub)]
                pub enum #at {}
            }
        });
        code! {here=>
            #made
            impl #p::Declares<#at> for #ty {
                const ENDPOINTS: &'static [#p::Endpoint] = &[#elements];
            }
        }
    }

    /// Hands the endpoints to the collection that the runtime reads at start-up.
    pub(super) fn submit(self) -> Code {
        let Self { ref p, ty, at, .. } = self;
        code!(Span::call_site()=> #p::submit!(#p::linked::<#ty, #at>());)
    }
}
