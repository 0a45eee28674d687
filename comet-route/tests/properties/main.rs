//! Properties of the grammar over generated routes, paths, values and garbage.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod garbage;
mod keys;
mod overlap;
mod paths;
mod round_trip;

mod routes;
mod table;
