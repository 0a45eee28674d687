//! The pages of `docs/` and the README, so that every Rust sample in them is compiled and run. Those of `testing.md` are
//! tests themselves, in `tests/testing_guide.rs`.

macro_rules! pages {
    ($($name:ident $file:literal)+) => {$(
        #[doc = include_str!(concat!("../../docs/", $file))]
        struct $name;
    )+};
}

pages! {
    Callbacks "callbacks.md"
    Channels "channels.md"
    Configuration "configuration.md"
    Deploying "deploying.md"
    GettingStarted "getting-started.md"
    Handlers "handlers.md"
    PageCommands "page-commands.md"
    Readme "../README.md"
    Security "security.md"
    StateAndExtractors "state-and-extractors.md"
    Streaming "streaming.md"
    TypeScript "typescript.md"
}

#[cfg(feature = "grizzly")]
pages! {
    ComingFromGrizzly "coming-from/grizzly.md"
}

#[cfg(feature = "openerp")]
pages! {
    ComingFromOpenErp "coming-from/openerp.md"
}

#[cfg(feature = "roots")]
pages! {
    ComingFromRoots "coming-from/roots.md"
}

#[cfg(feature = "sijax")]
pages! {
    ComingFromSijax "coming-from/sijax.md"
}
