// #[comet("/tasks/{id}/progress?{from}")]
// pub async fn progress(id: u64, from: Option<u32>, page: &mut Page) { body }

#[allow(clippy::unused_async)]
pub async fn progress(id: u64, from: Option<u32>, page: &mut Page) {
    body
}
///Links to [`progress()`]: `GET /tasks/{id}/progress?{from}`.
#[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
#[allow(clippy::pedantic, clippy::restriction)]
pub enum progress {}
#[allow(dead_code, deprecated, non_local_definitions)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::comet::__private as __comet;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_route__GET__tasks___P___progress {
        () => {};
    }
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_call__progress {
        () => {};
    }
    impl __comet::Declares<progress> for progress {
        const ENDPOINTS: &'static [__comet::Endpoint] = &[
            __comet::Endpoint {
                names: &["progress"],
                routes: &["/tasks/{id}/progress?{from}"],
                shapes: &["/tasks/{}/progress"],
                method: "GET",
                serve: |__want| __comet::serve(
                    __want,
                    (
                        __comet::route_parameter::<u64>("id"),
                        __comet::query_parameter::<Option<u32>>("from"),
                        __comet::argument::<Page>("page").lend(),
                    ),
                    |(__a0, __a1, __a2), __given| {
                        __given
                            .handler_future_must_be_send(
                                progress(__a0, __a1, __a2),
                                __comet::Reply::reply,
                            )
                    },
                ),
                ..__comet::endpoint("progress", __comet::module_path!())
            },
        ];
    }
    __comet::submit!(__comet::linked:: < progress, progress > ());
    #[cfg(not(test))]
    #[unsafe(export_name = "comet_route__GET__tasks___P___progress")]
    static __COMET_TAKEN0: () = ();
    impl progress {
        ///The URL of [`progress()`].
        pub fn url(
            id: impl __comet::Borrow<u64>,
            from: impl __comet::Borrow<Option<u32>>,
        ) -> __comet::Url {
            let id = __comet::segment(__comet::route_parameter::<u64>("id"), &id);
            let from = __comet::pairs(
                __comet::query_parameter::<Option<u32>>("from"),
                &from,
            );
            __comet::url("", ::core::format_args!("/tasks/{id}/progress?{from}"))
        }
        #[doc(hidden)]
        pub const fn url_with() -> __comet::NamedLink<fn(u64, Option<u32>)> {
            __comet::NamedLink::new("/tasks/{id}/progress?{from}")
        }
    }
};
