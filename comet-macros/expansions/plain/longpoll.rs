// #[longpoll("/clicks?{after}", timeout = "150s", on_timeout = nothing_new, public)]
// async fn wait(after: Option<Cursor>, mut clicks: Subscription<Clicks>) -> Json<Clicks> { body }

#[allow(clippy::unused_async)]
async fn wait(after: Option<Cursor>, mut clicks: Subscription<Clicks>) -> Json<Clicks> {
    body
}
///Links to [`wait()`]: `GET /clicks?{after}`.
#[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
#[allow(clippy::pedantic, clippy::restriction)]
enum wait {}
#[allow(dead_code, deprecated, non_local_definitions)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::comet::__private as __comet;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_route__GET__clicks {
        () => {};
    }
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_call__wait {
        () => {};
    }
    impl __comet::Declares<wait> for wait {
        const ENDPOINTS: &'static [__comet::Endpoint] = &[
            __comet::Endpoint {
                names: &["wait"],
                routes: &["/clicks?{after}"],
                shapes: &["/clicks"],
                method: "GET",
                access: __comet::Access::Public,
                hold: __comet::Hold::For(__comet::Duration::new(150u64, 0u32)),
                on_timeout: __comet::Some(|__call| __comet::late(nothing_new, __call)),
                serve: |__want| __comet::serve(
                    __want,
                    (
                        __comet::query_parameter::<Option<Cursor>>("after"),
                        __comet::argument::<Subscription<Clicks>>("clicks").pick(),
                    ),
                    |(__a0, __a1), __given| {
                        __given
                            .handler_future_must_be_send(
                                wait(__a0, __a1),
                                __comet::Reply::reply,
                            )
                    },
                ),
                ..__comet::endpoint("wait", __comet::module_path!())
            },
        ];
    }
    __comet::submit!(__comet::linked:: < wait, wait > ());
    #[cfg(not(test))]
    #[unsafe(export_name = "comet_route__GET__clicks")]
    static __COMET_TAKEN0: () = ();
    impl wait {
        ///The URL of [`wait()`].
        pub(crate) fn url(after: impl __comet::Borrow<Option<Cursor>>) -> __comet::Url {
            let after = __comet::pairs(
                __comet::query_parameter::<Option<Cursor>>("after"),
                &after,
            );
            __comet::url("", ::core::format_args!("/clicks?{after}"))
        }
        #[doc(hidden)]
        pub(crate) const fn url_with() -> __comet::NamedLink<fn(Option<Cursor>)> {
            __comet::NamedLink::new("/clicks?{after}")
        }
    }
};
