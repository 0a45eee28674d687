// #[channel("todos/{list}", list: u64, history = 256, on_gap = snapshot, access = may_watch)]
// pub enum TodoEvent { Saved(Todo), Deleted { id: i64 } }

pub enum TodoEvent {
    Saved(Todo),
    Deleted { id: i64 },
}
#[allow(dead_code, deprecated, non_local_definitions)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
const _: () = {
    use ::comet::__private as __comet;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! comet__channel__todos___P_ {
        () => {};
    }
    fn __comet_guard(__call: __comet::Call) -> __comet::GuardFuture {
        __comet::guard(async move {
            let _ = &__call;
            let __parameter0 = __comet::owned(
                __comet::route_parameter::<u64>("list"),
                &__call,
            )?;
            __comet::ask::<_, (u64,), _>(may_watch, (__parameter0,), &__call).await
        })
    }
    fn __comet_types(__described: &mut __comet::Described) {
        __comet::Typed::<u64>::new().note("list", __described);
        __comet::Typed::<__comet::Events<TodoEvent>>::new().note("", __described);
    }
    const __COMET_DECLARATION: __comet::Declaration = __comet::Declaration {
        pattern: "todos/{list}",
        payload: "TodoEvent",
        media: __comet::None,
        history: __comet::Some(256usize),
        max_age: __comet::None,
        on_gap: __comet::OnGap::Snapshot,
        slow: __comet::Slow::Gap,
        presence: __comet::None,
        group: "",
        access: __comet::Access::User,
        module: __comet::module_path!(),
        at: __comet::Location::caller(),
        guard: __comet_guard,
        types: __comet_types,
    };
    impl __comet::Channel for TodoEvent {
        const DECLARATION: &'static __comet::Declaration = &__COMET_DECLARATION;
        fn payload(&self) -> __comet::Result<__comet::Vec<u8>, __comet::Error> {
            __comet::json(self)
        }
    }
    __comet::submit!(__COMET_DECLARATION);
    #[cfg(not(test))]
    #[unsafe(export_name = "comet__channel__todos___P_")]
    static __COMET_TAKEN0: () = ();
    impl TodoEvent {
        ///The channel `todos/{list}`.
        pub fn channel(list: impl __comet::Borrow<u64>) -> __comet::Topic<TodoEvent> {
            let list = __comet::segment(__comet::route_parameter::<u64>("list"), &list);
            __comet::topic(&::std::format!("todos/{list}"))
        }
        /// Every channel of the type, those that come later among them.
        pub fn subscribe_all() -> __comet::Subscription<TodoEvent> {
            __comet::every()
        }
    }
};
