//! Clients of other systems, as they stand: each adapter takes in what one older system did, over the handlers, runs,
//! channels and page commands that everything else uses. None has an engine of its own.
//!
//! Each is behind a feature of its own, off by default, and is given to an app with [`App::adapt`](crate::App::adapt):
//!
//! | feature | adapter | for |
//! |---|---|---|
//! | `sijax` | [`sijax::Sijax`] | pages with `sijax.js`, `sijax_comet.js` and `sijax_upload.js` |
//! | `openerp` | [`openerp::LongPolling`] | pages with `longpolling.js` of web_longpolling |
//! | `roots` | [`roots::Roots`] | pages with Pomona, publishers with Cornelius |
//! | `grizzly` | [`grizzly::ForeverFrame`] | pages of Grizzly Comet that listen in a hidden frame |

#[cfg(feature = "frames")]
mod frames;
#[cfg(feature = "grizzly")]
pub mod grizzly;
#[cfg(feature = "openerp")]
pub mod openerp;
#[cfg(feature = "roots")]
pub mod roots;
#[cfg(feature = "sijax")]
pub mod sijax;

pub use crate::app::Adapter;
