// #[comet("/files/{*path}", method = POST, name = "read")]
// pub async fn file(path: &str, user: User) -> Vec<u8> { body }

#[allow(clippy::unused_async)]
pub async fn file(path: &str, user: User) -> Vec<u8> {
    body
}
///Links to [`file()`]: `POST /files/{*path}`.
#[allow(dead_code, missing_debug_implementations, non_camel_case_types)]
#[allow(clippy::pedantic, clippy::restriction)]
pub enum file {}
#[allow(dead_code, deprecated, non_local_definitions)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::comet::__private as __comet;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_route__POST__files___R_ {
        () => {};
    }
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet_call__read {
        () => {};
    }
    impl __comet::Declares<file> for file {
        const ENDPOINTS: &'static [__comet::Endpoint] = &[
            __comet::Endpoint {
                names: &["read"],
                routes: &["/files/{*path}"],
                shapes: &["/files/{*}"],
                method: "POST",
                serve: |__want| __comet::serve(
                    __want,
                    (
                        __comet::route_parameter::<str>("path"),
                        __comet::argument::<User>("user").pick(),
                    ),
                    |(__a0, __a1), __given| {
                        __given
                            .handler_future_must_be_send(
                                file(__a0, __a1),
                                __comet::Reply::reply,
                            )
                    },
                ),
                ..__comet::endpoint("file", __comet::module_path!())
            },
        ];
    }
    __comet::submit!(__comet::linked:: < file, file > ());
    #[cfg(not(test))]
    #[unsafe(export_name = "comet_route__POST__files___R_")]
    static __COMET_TAKEN0: () = ();
    impl file {
        ///The URL of [`file()`].
        pub fn url(path: impl __comet::Borrow<str>) -> __comet::Url {
            let path = __comet::rest(__comet::route_parameter::<str>("path"), &path);
            __comet::url("", ::core::format_args!("/files/{path}"))
        }
        #[doc(hidden)]
        pub const fn url_with() -> __comet::NamedLink<fn(str)> {
            __comet::NamedLink::new("/files/{*path}")
        }
    }
};
