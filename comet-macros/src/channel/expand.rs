//! From a checked `#[channel]` to Rust.
//!
//! Beside the user's own item stands one constant: it holds a guard that makes the compiler refuse a second channel of the
//! pattern in the crate, what decides about access, the declaration, its registration and the symbol that makes the linker
//! refuse a second one between crates, and the function that names one of its channels.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::conflate::Key;
use super::model::{Access, Channel, OnGap, Settings, Slow};
use crate::code::Code;
use crate::expand::{At, Holes, constant, guard as unique, holes, local, located, location};
use crate::expand::{optional, symbol, typed, witness};
use crate::model::{Argument, Place, Source};
use crate::tokens::unraw;

/// Everything beside the user's type.
pub(super) fn expand(channel: &Channel) -> TokenStream {
    let Channel { place, pattern, parameters, settings, .. } = channel;
    let literal = pattern.literal.span();
    let key = key(&pattern.full, &settings.group);
    let (unique, symbol) = (unique(&key, literal, &[]), symbol(place, 0, &key, literal));
    let at = At::of(place);
    let p = &at.p;
    let values: TokenStream =
        parameters.iter().enumerate().map(|(nth, one)| value(place, nth, one)).collect();
    let guard = guard(place, decides(channel), &values, &answer(channel));
    let source = pattern.literal.value();
    let public = matches!(channel.access, Access::Public);
    let types = types(channel, &at);
    let declaration = declaration(place, &source, public, settings, &payload(place, settings));
    let function = topic(channel, p);
    let submit = quote!(#p::submit!(__COMET_DECLARATION););
    let within = quote!(#unique #guard #types #declaration #submit #symbol #function);
    constant(place, Code::of(within)).into()
}

/// An identifier that two channels share exactly when they clash.
fn key(pattern: &comet_route::Route, group: &str) -> String {
    pattern.key(group, "channel").replacen("comet_route", "comet", 1)
}

/// The function that decides who may follow: it reads the parameters and answers. What is wrong with it as a whole
/// stands at `span`.
pub(super) fn guard(
    place: &Place,
    span: Span,
    values: &TokenStream,
    answer: &TokenStream,
) -> TokenStream {
    let (At { span: at, p }, call) = (At::new(place, span), local(place, "__call", span));
    quote_spanned! {at=>
        fn __comet_guard(#call: #p::Call) -> #p::GuardFuture {
            #p::guard(async move {
                let _ = &#call;
                #values
                #answer
            })
        }
    }
}

fn variable(place: &Place, nth: usize, anchor: Span) -> Ident {
    local(place, &format!("__parameter{nth}"), anchor)
}

/// Takes one parameter out of the channel's name.
fn value(place: &Place, nth: usize, parameter: &Argument) -> TokenStream {
    let Argument { name, ty, anchor, .. } = parameter;
    let at = At::new(place, *anchor);
    let witness = witness(&at, Source::Path, located(ty, parameter), name);
    let At { span, p } = at;
    let (variable, call) = (variable(place, nth, *anchor), local(place, "__call", *anchor));
    quote_spanned!(span=> let #variable = #p::owned(#witness, &#call)?;)
}

/// What decides: the name of the function, or of the type that everybody may follow.
fn decides(channel: &Channel) -> Span {
    let asked = match &channel.access {
        Access::Asked(path) => path.segments.last(),
        Access::Public => None,
    };
    asked.map_or_else(|| channel.place.ident.span(), |last| last.ident.span())
}

/// What the guard answers once it has the parameters.
fn answer(channel: &Channel) -> TokenStream {
    let (place, anchor) = (&channel.place, decides(channel));
    let At { span, p } = At::new(place, anchor);
    let Access::Asked(path) = &channel.access else { return quote_spanned!(span=> #p::open()) };
    let call = local(place, "__call", anchor);
    let values = (0..channel.parameters.len()).map(|nth| variable(place, nth, anchor));
    let types = channel.parameters.iter().map(|parameter| &parameter.ty);
    // With the parameters' types said, whatever is wrong with the function is one thing.
    quote_spanned!(span=> #p::ask::<_, (#(#types,)*), _>(#path, (#(#values,)*), &#call).await)
}

/// The types of the parameters and the payload.
fn types(channel: &Channel, at: &At) -> TokenStream {
    let p = &at.p;
    if !cfg!(feature = "typescript") {
        return quote!(use #p::undescribed as __comet_types;);
    }
    let Channel { place, parameters, .. } = channel;
    let ident = &place.ident;
    let described = local(place, "__described", ident.span());
    let parameters = parameters.iter().map(|parameter| {
        let at = At::new(place, parameter.anchor);
        typed(&at, located(&parameter.ty, parameter), &parameter.name, Code::of(&described))
    });
    let events = Code::of(quote!(#p::Events<#ident>));
    let payload = typed(at, events, "", Code::of(&described));
    quote! {
        fn __comet_types(#described: &mut #p::Described) {
            #(#parameters)*
            #payload
        }
    }
}

/// How an event is written.
fn payload(place: &Place, settings: &Settings) -> TokenStream {
    let At { span, p } = At::of(place);
    match settings.media {
        Some(_) => quote_spanned!(span=> #p::raw(self)),
        None => quote_spanned!(span=> #p::json(self)),
    }
}

/// The declaration, and that the type has it.
pub(super) fn declaration(
    place: &Place,
    pattern: &str,
    public: bool,
    settings: &Settings,
    written: &TokenStream,
) -> TokenStream {
    let Place { ident, .. } = place;
    let (at, payload) = (At::of(place), unraw(ident));
    let (span, p) = (at.span, &at.p);
    let Settings { max_age, group, .. } = settings;
    let history = match settings.history {
        Some(entries) => quote!(#p::Some(#entries)),
        None => quote!(#p::None),
    };
    let media = match &settings.media {
        Some(media) => quote!(#p::Some(#media)),
        None => quote!(#p::None),
    };
    let (max_age, location) = (optional(p, *max_age), location(&at, span));
    let presence = optional(p, settings.presence);
    let (on_gap, slow) = (on_gap(settings.on_gap), slow(p, &settings.slow));
    let key = key_of(place, &settings.slow);
    let access = if public { quote!(Public) } else { quote!(User) };
    let implemented = quote_spanned! {span=>
        impl #p::Channel for #ident {
            const DECLARATION: &'static #p::Declaration = &__COMET_DECLARATION;

            fn payload(&self) -> #p::Result<#p::Vec<u8>, #p::Error> {
                #written
            }

            #key
        }
    };
    quote! {
        const __COMET_DECLARATION: #p::Declaration = #p::Declaration {
            pattern: #pattern,
            payload: #payload,
            media: #media,
            history: #history,
            max_age: #max_age,
            on_gap: #p::OnGap::#on_gap,
            slow: #slow,
            presence: #presence,
            group: #group,
            access: #p::Access::#access,
            module: #p::module_path!(),
            at: #location,
            guard: __comet_guard,
            types: __comet_types,
        };
        #implemented
    }
}

fn on_gap(choice: OnGap) -> TokenStream {
    match choice {
        OnGap::Replay => quote!(Replay),
        OnGap::Snapshot => quote!(Snapshot),
        OnGap::Reload => quote!(Reload),
        OnGap::Ignore => quote!(Ignore),
    }
}

fn slow(p: &Ident, choice: &Slow<Key>) -> TokenStream {
    match choice {
        Slow::Gap => quote!(#p::Slow::Gap),
        Slow::Cut => quote!(#p::Slow::Cut),
        Slow::Conflate(Key { field, variants }) => {
            let by = unraw(field);
            let variants = variants.iter().flatten().map(|variant| {
                let (cfgs, name) = (&variant.cfgs, unraw(&variant.ident));
                quote!(#(#cfgs)* #name)
            });
            quote!(#p::Slow::Conflate { by: #by, variants: &[#(#variants),*] })
        }
    }
}

/// Reads the field that tells events apart. What is wrong with its type stands where the attribute names it.
fn key_of(place: &Place, choice: &Slow<Key>) -> Option<TokenStream> {
    let Slow::Conflate(Key { field, variants }) = choice else { return None };
    let anchor = field.span();
    let At { span, p } = At::new(place, anchor);
    let read = match variants {
        None => quote_spanned!(span=> #p::key(&self.#field).map(#p::Some)),
        Some(variants) => {
            let held = local(place, "__key", anchor);
            let arms = variants.iter().map(|variant| {
                let (cfgs, name) = (&variant.cfgs, &variant.ident);
                quote_spanned! {span=>
                    #(#cfgs)*
                    Self::#name { #field: #held, .. } => #p::key(#held).map(#p::Some),
                }
            });
            quote_spanned! {span=>
                match self {
                    #(#arms)*
                    #[allow(unreachable_patterns)]
                    _ => #p::Ok(#p::None),
                }
            }
        }
    };
    Some(quote_spanned! {span=>
        fn key(&self) -> #p::Result<#p::Option<#p::Vec<u8>>, #p::Error> {
            #read
        }
    })
}

/// The function that names a channel by its parameters, in the order of the pattern.
fn topic(channel: &Channel, p: &Ident) -> TokenStream {
    let Channel { place, pattern, parameters: declared, .. } = channel;
    let Holes { parameters, values, literal, .. } = holes(place, declared, pattern);
    let body = quote!(#values #p::topic(&::std::format!(#literal)));
    function(place, &literal.value(), &parameters.into(), &body)
}

/// `channel` and `subscribe_all`, as visible as their type.
pub(super) fn function(
    place: &Place,
    pattern: &str,
    parameters: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let Place { ident, vis, .. } = place;
    let At { span, p } = At::of(place);
    let doc = format!("The channel `{pattern}`.");
    quote_spanned! {span=>
        impl #ident {
            #[doc = #doc]
            #vis fn channel(#parameters) -> #p::Topic<#ident> { #body }

            /// Every channel of the type, those that come later among them.
            #vis fn subscribe_all() -> #p::Subscription<#ident> { #p::every() }
        }
    }
}
