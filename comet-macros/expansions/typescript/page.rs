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
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
enum import {}
#[allow(dead_code, deprecated, non_local_definitions)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::comet::__private as __comet;
    use __comet::ladder::*;
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
                signature: |__signature| {
                    (&&&&__comet::argument::<u32>())
                        .pick()
                        .describe("rows", __signature);
                    (&&&&__comet::argument::<Page>())
                        .pick()
                        .describe("page", __signature);
                    #[allow(unused_imports)]
                    use __comet::rungs::*;
                    (&&&__comet::Typed::<u32>::new())
                        .note("rows", &mut __signature.types);
                    (&&&__comet::Typed::<Page>::new())
                        .note("page", &mut __signature.types);
                    (&&&__comet::Returned::<comet::Result>::new())
                        .note("", &mut __signature.types);
                },
                call: |__call| __comet::boxed(
                    __comet::stay(&__call),
                    async move {
                        let (__a0, mut __a1) = __comet::take(
                                &__call,
                                ["rows", "page"],
                                (
                                    (&&&&__comet::argument::<u32>()).pick(),
                                    (&&&&__comet::argument::<Page>()).pick(),
                                ),
                            )
                            .await?;
                        let __returned = __comet::handler_future_must_be_send(
                                import(__a0, &mut __a1),
                            )
                            .await;
                        __comet::Reply::reply(__returned)
                    },
                ),
                ..__comet::endpoint("import", ::core::module_path!())
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
        pub(crate) const fn url_with() -> __comet::NamedLink<()> {
            __comet::NamedLink::new("/comet/call/import")
        }
    }
};
