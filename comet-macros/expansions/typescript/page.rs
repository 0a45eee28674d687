// #[comet(public)]
// /// Imports rows.
// async fn import(rows: u32, page: &mut Page) -> comet::Result { body }

#[allow(clippy::unused_async)]
/// Imports rows.
async fn import(rows: u32, page: &mut Page) -> comet::Result {
    body
}
///Links to [`import()`]: `POST /comet/call/import`.
#[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
#[allow(clippy::pedantic, clippy::restriction)]
enum import {}
#[allow(dead_code, deprecated, non_local_definitions)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::comet::__private as __comet;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_call__import {
        () => {};
    }
    impl __comet::Declares<import> for import {
        const ENDPOINTS: &'static [__comet::Endpoint] = &[
            __comet::Endpoint {
                names: &["import"],
                method: "POST",
                access: __comet::Access::Public,
                docs: "Imports rows.",
                types: |__types| {
                    __comet::Typed::<u32>::new().note("rows", __types);
                    __comet::Typed::<Page>::new().note("page", __types);
                    __comet::Returned::<comet::Result>::new().note("", __types);
                },
                serve: |__want| __comet::serve(
                    __want,
                    (
                        __comet::argument::<u32>("rows").pick(),
                        __comet::argument::<Page>("page").lend(),
                    ),
                    |(__a0, __a1), __given| {
                        __given
                            .handler_future_must_be_send(
                                import(__a0, __a1),
                                __comet::Reply::reply,
                            )
                    },
                ),
                ..__comet::endpoint("import", __comet::module_path!())
            },
        ];
    }
    __comet::submit!(__comet::linked:: < import, import > ());
    impl import {
        ///The URL of [`import()`].
        pub(crate) fn url() -> __comet::Url {
            __comet::url("", ::core::format_args!("/comet/call/import"))
        }
        #[doc(hidden)]
        pub(crate) const fn url_with() -> __comet::NamedLink<fn()> {
            __comet::NamedLink::new("/comet/call/import")
        }
    }
};
