//! The rungs of the ladders that types with `ts_rs::TS` stand on.

use std::any::TypeId;

use axum_core::response::Response;
use http::StatusCode;
use ts_rs::{Config, TS, TypeVisitor};

use super::Types;
use super::typed::{Described, Returned, ReturnedStream, Typed, TypedValue};
use super::types::Declared;
use crate::error::Fault;
use crate::events::Events;
#[cfg(feature = "upload")]
use crate::extract::UploadedFile;
use crate::html::Html;
use crate::log::Cursor;
use crate::reply::{Json, Outcome};
use crate::rules::EventStream;

impl<T: TS + 'static + ?Sized> TypedValue<T> {
    /// Notes the type of a value, an argument of the call or a placeholder of the route, by its name.
    pub fn note(&self, name: &'static str, described: &mut Described) {
        described.values.push((name, Types::name::<T>));
    }
}

impl<T: TS + 'static> Typed<Events<T>> {
    /// Notes the type of the events of the handle that a handler is given.
    pub fn note(&self, _: &'static str, described: &mut Described) {
        described.events = Some(Types::name::<T>);
    }
}

impl<S: EventStream<Event: TS + 'static>> ReturnedStream<S> {
    /// Notes the type of the events of the stream that a handler returns.
    pub fn note(&self, _: &'static str, described: &mut Described) {
        described.events = Some(Types::name::<S::Event>);
    }
}

#[cfg(feature = "upload")]
macro_rules! files {
    ($($files:ty),+) => {$(
        impl Typed<$files> {
            /// Notes that there are files of a form.
            pub fn note(&self, _: &'static str, described: &mut Described) {
                described.has_files = true;
            }
        }
    )+};
}

#[cfg(feature = "upload")]
files!(UploadedFile, Option<UploadedFile>, Vec<UploadedFile>);

#[expect(private_bounds, reason = "what can be replied with is known here")]
impl<R: Replied> Returned<R> {
    /// Notes the type of the reply.
    pub fn note(&self, _: &'static str, described: &mut Described) {
        described.reply = Some(R::name);
        described.is_document = R::IS_DOCUMENT;
    }
}

/// What a call finds in a reply.
pub(super) trait Replied {
    /// Whether it is what a browser shows and a script has no use for: a page, a file.
    const IS_DOCUMENT: bool = false;

    /// Its type in TypeScript.
    fn name(types: &mut Types) -> String;
}

macro_rules! replied {
    ($($name:literal: $($reply:ty),+;)+) => {$($(
        impl Replied for $reply {
            fn name(_: &mut Types) -> String {
                $name.to_owned()
            }
        }
    )+)+};
}

replied! {
    "void": ();
    "string": &'static str, String;
    "unknown": Outcome;
}

impl Replied for Html {
    const IS_DOCUMENT: bool = true;

    fn name(_: &mut Types) -> String {
        "string".to_owned()
    }
}

impl Replied for Response {
    const IS_DOCUMENT: bool = true;

    fn name(_: &mut Types) -> String {
        "unknown".to_owned()
    }
}

impl<T: TS + 'static> Replied for Json<T> {
    fn name(types: &mut Types) -> String {
        types.name::<T>()
    }
}

impl<R: Replied> Replied for (StatusCode, R) {
    const IS_DOCUMENT: bool = R::IS_DOCUMENT;

    fn name(types: &mut Types) -> String {
        R::name(types)
    }
}

impl<R: Replied> Replied for Option<R> {
    const IS_DOCUMENT: bool = R::IS_DOCUMENT;

    fn name(types: &mut Types) -> String {
        format!("{} | null", R::name(types))
    }
}

impl<R: Replied, E: Fault> Replied for Result<R, E> {
    const IS_DOCUMENT: bool = R::IS_DOCUMENT;

    fn name(types: &mut Types) -> String {
        R::name(types)
    }
}

/// A position is an opaque text to clients.
impl TS for Cursor {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &Config) -> String {
        "string".to_owned()
    }

    fn inline(config: &Config) -> String {
        Self::name(config)
    }
}

impl Types {
    /// The name of a type; it and all that it is made of are declared from now on.
    pub(super) fn name<T: TS + 'static + ?Sized>(&mut self) -> String {
        self.visit::<T>();
        T::name(&config())
    }
}

/// Numbers are what JSON makes of them in a browser, however large they are in Rust.
fn config() -> Config {
    Config::new().with_large_int("number")
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // What is no type of its own, such as a list, is written out wherever it is used.
        if T::output_path().is_some() {
            let (config, rust) = (config(), std::any::type_name::<T>());
            let docs = T::docs().unwrap_or_default();
            self.declare(T::ident(&config), Declared { rust, docs, text: T::decl(&config) });
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}
