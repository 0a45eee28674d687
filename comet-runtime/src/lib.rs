//! Comet.
