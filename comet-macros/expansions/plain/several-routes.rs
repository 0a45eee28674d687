// #[comet("/a/{x}", alias = "/b/{x}", link = false)]
// #[longpoll("/c/{x}")] async fn show(x: u8) { body }

#[allow(clippy::unused_async)]
async fn show(x: u8) {
    body
}
#[allow(dead_code, deprecated, non_local_definitions)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::comet::__private as __comet;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_route__GET__a___P_ {
        () => {};
    }
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_route__GET__b___P_ {
        () => {};
    }
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_call__show {
        () => {};
    }
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_route__GET__c___P_ {
        () => {};
    }
    #[allow(missing_docs, missing_debug_implementations, unreachable_pub)]
    pub enum __CometItem {}
    impl __comet::Declares<__CometItem> for __CometItem {
        const ENDPOINTS: &'static [__comet::Endpoint] = &[
            __comet::Endpoint {
                names: &["show"],
                routes: &["/a/{x}", "/b/{x}"],
                shapes: &["/a/{}", "/b/{}"],
                method: "GET",
                serve: |__want| __comet::serve(
                    __want,
                    __comet::route_parameter::<u8>("x"),
                    |__a0, __given| {
                        __given
                            .handler_future_must_be_send(
                                show(__a0),
                                __comet::Reply::reply,
                            )
                    },
                ),
                ..__comet::endpoint("show", __comet::module_path!())
            },
            __comet::Endpoint {
                routes: &["/c/{x}"],
                shapes: &["/c/{}"],
                method: "GET",
                hold: __comet::Hold::App,
                serve: |__want| __comet::serve(
                    __want,
                    __comet::route_parameter::<u8>("x"),
                    |__a0, __given| {
                        __given
                            .handler_future_must_be_send(
                                show(__a0),
                                __comet::Reply::reply,
                            )
                    },
                ),
                ..__comet::endpoint("show", __comet::module_path!())
            },
        ];
    }
    __comet::submit!(__comet::linked:: < __CometItem, __CometItem > ());
    #[cfg(not(test))]
    #[unsafe(export_name = "comet_route__GET__a___P_")]
    static __COMET_TAKEN0: () = ();
    #[cfg(not(test))]
    #[unsafe(export_name = "comet_route__GET__b___P_")]
    static __COMET_TAKEN1: () = ();
    #[cfg(not(test))]
    #[unsafe(export_name = "comet_route__GET__c___P_")]
    static __COMET_TAKEN2: () = ();
};
