// #[comet("/clock", public)]
// fn clock() -> impl Stream<Item = Tick> { body }

fn clock() -> impl Stream<Item = Tick> {
    body
}
///Links to [`clock()`]: `GET /clock`.
#[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
#[allow(clippy::pedantic, clippy::restriction)]
enum clock {}
#[allow(dead_code, deprecated, non_local_definitions)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::comet::__private as __comet;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_route__GET__clock {
        () => {};
    }
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_call__clock {
        () => {};
    }
    impl __comet::Declares<clock> for clock {
        const ENDPOINTS: &'static [__comet::Endpoint] = &[
            __comet::Endpoint {
                names: &["clock"],
                routes: &["/clock"],
                shapes: &["/clock"],
                method: "GET",
                access: __comet::Access::Public,
                types: |__types| {
                    __comet::Typed::<__comet::Events<Tick>>::new().note("", __types);
                },
                serve: |__want| __comet::serve_stream(
                    __want,
                    (),
                    |(), __given| __given.stream(clock()),
                ),
                ..__comet::endpoint("clock", __comet::module_path!())
            },
        ];
    }
    __comet::submit!(__comet::linked:: < clock, clock > ());
    #[cfg(not(test))]
    #[unsafe(export_name = "comet_route__GET__clock")]
    static __COMET_TAKEN0: () = ();
    impl clock {
        ///The URL of [`clock()`].
        pub(crate) fn url() -> __comet::Url {
            __comet::url("", ::core::format_args!("/clock"))
        }
        #[doc(hidden)]
        pub(crate) const fn url_with() -> __comet::NamedLink<fn()> {
            __comet::NamedLink::new("/clock")
        }
    }
};
