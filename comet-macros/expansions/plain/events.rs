// #[comet("/ticker/{symbol}", resume = "30s", group = "market")]
// async fn ticker(symbol: Symbol, out: &mut Events<Quote>) -> comet::Result { body }

#[allow(clippy::unused_async)]
async fn ticker(symbol: Symbol, out: &mut Events<Quote>) -> comet::Result {
    body
}
///Links to [`ticker()`]: `GET /ticker/{symbol}`.
#[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
#[allow(clippy::pedantic, clippy::restriction)]
enum ticker {}
#[allow(dead_code, deprecated, non_local_definitions)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::comet::__private as __comet;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_route_G_market__GET__ticker___P_ {
        () => {};
    }
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_call_G_market__ticker {
        () => {};
    }
    impl __comet::Declares<ticker> for ticker {
        const ENDPOINTS: &'static [__comet::Endpoint] = &[
            __comet::Endpoint {
                names: &["ticker"],
                routes: &["/ticker/{symbol}"],
                shapes: &["/ticker/{}"],
                method: "GET",
                group: "market",
                resume: __comet::Some(__comet::Duration::new(30u64, 0u32)),
                serve: |__want| __comet::serve(
                    __want,
                    (
                        __comet::route_parameter::<Symbol>("symbol"),
                        __comet::argument::<Events<Quote>>("out").lend(),
                    ),
                    |(__a0, __a1), __given| {
                        __given
                            .handler_future_must_be_send(
                                ticker(__a0, __a1),
                                __comet::Reply::reply,
                            )
                    },
                ),
                ..__comet::endpoint("ticker", __comet::module_path!())
            },
        ];
    }
    __comet::submit!(__comet::linked:: < ticker, ticker > ());
    #[cfg(not(test))]
    #[unsafe(export_name = "comet_route_G_market__GET__ticker___P_")]
    static __COMET_TAKEN0: () = ();
    impl ticker {
        ///The URL of [`ticker()`].
        pub(crate) fn url(symbol: impl __comet::Borrow<Symbol>) -> __comet::Url {
            let symbol = __comet::segment(
                __comet::route_parameter::<Symbol>("symbol"),
                &symbol,
            );
            __comet::url("", ::core::format_args!("/ticker/{symbol}"))
        }
        #[doc(hidden)]
        pub(crate) const fn url_with() -> __comet::NamedLink<fn(Symbol)> {
            __comet::NamedLink::new("/ticker/{symbol}")
        }
    }
};
