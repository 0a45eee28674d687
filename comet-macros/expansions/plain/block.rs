// #[comet(prefix = "/jobs")]
// impl Jobs {
// pub async fn start(&self, file: String, page: &mut Page) -> comet::Result { body }
// #[cfg(unix)]
// #[longpoll("/{id}/done", timeout = "20s")]
// pub async fn done(&self, id: u64) -> Result<Json<Outcome>, JobError> { body }
// }

#[allow(clippy::unused_async)]
impl Jobs {
    pub async fn start(&self, file: String, page: &mut Page) -> comet::Result {
        body
    }
    #[cfg(unix)]
    pub async fn done(&self, id: u64) -> Result<Json<Outcome>, JobError> {
        body
    }
}
#[allow(dead_code, deprecated, non_local_definitions)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::comet::__private as __comet;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_call__jobs_start {
        () => {};
    }
    #[cfg(unix)]
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_route__GET__jobs___P___done {
        () => {};
    }
    #[cfg(unix)]
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_call__jobs_done {
        () => {};
    }
    #[allow(missing_docs, missing_debug_implementations, unreachable_pub)]
    pub enum __CometItem {}
    impl __comet::Declares<__CometItem> for Jobs {
        const ENDPOINTS: &'static [__comet::Endpoint] = &[
            __comet::Endpoint {
                names: &["jobs_start"],
                method: "POST",
                serve: |__want| __comet::serve(
                    __want,
                    (
                        __comet::instance::<Jobs>().called_from_many_threads(),
                        __comet::argument::<String>("file").pick(),
                        __comet::argument::<Page>("page").lend(),
                    ),
                    |(__instance, __a0, __a1), __given| {
                        __given
                            .handler_future_must_be_send(
                                <Jobs>::start(__instance, __a0, __a1),
                                __comet::Reply::reply,
                            )
                    },
                ),
                ..__comet::endpoint("Jobs::start", __comet::module_path!())
            },
            #[cfg(unix)]
            __comet::Endpoint {
                names: &["jobs_done"],
                routes: &["/jobs/{id}/done"],
                shapes: &["/jobs/{}/done"],
                method: "GET",
                hold: __comet::Hold::For(__comet::Duration::new(20u64, 0u32)),
                serve: |__want| __comet::serve(
                    __want,
                    (
                        __comet::instance::<Jobs>().called_from_many_threads(),
                        __comet::route_parameter::<u64>("id"),
                    ),
                    |(__instance, __a0), __given| {
                        __given
                            .handler_future_must_be_send(
                                <Jobs>::done(__instance, __a0),
                                __comet::Reply::reply,
                            )
                    },
                ),
                ..__comet::endpoint("Jobs::done", __comet::module_path!())
            },
        ];
    }
    __comet::submit!(__comet::linked:: < Jobs, __CometItem > ());
    #[cfg(unix)]
    #[cfg(not(test))]
    #[unsafe(export_name = "comet_route__GET__jobs___P___done")]
    static __COMET_TAKEN0: () = ();
    impl Jobs {
        ///Links to [`start`](Self::start): `POST /comet/call/jobs_start`.
        pub fn start_url() -> __comet::Url {
            __comet::url("", ::core::format_args!("/comet/call/jobs_start"))
        }
        #[doc(hidden)]
        pub const fn start_url_with() -> __comet::NamedLink<fn()> {
            __comet::NamedLink::new("/comet/call/jobs_start")
        }
    }
    #[cfg(unix)]
    impl Jobs {
        ///Links to [`done`](Self::done): `GET /jobs/{id}/done`.
        pub fn done_url(id: impl __comet::Borrow<u64>) -> __comet::Url {
            let id = __comet::segment(__comet::route_parameter::<u64>("id"), &id);
            __comet::url("/jobs", ::core::format_args!("/{id}/done"))
        }
        #[doc(hidden)]
        pub const fn done_url_with() -> __comet::NamedLink<fn(u64)> {
            __comet::NamedLink::new("/jobs/{id}/done")
        }
    }
};
