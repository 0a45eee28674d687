//! The route grammar of Comet.
