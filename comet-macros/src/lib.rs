//! The attribute macros of Comet.
