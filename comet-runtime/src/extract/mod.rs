//! What a handler may ask for: values of the URL, arguments of the call, and extractors.

mod extractors;
mod instance;
mod nowhere;
mod param;
mod pick;
mod several;
mod timeout;
#[cfg(feature = "upload")]
mod upload;
mod url;

pub use extractors::{Cookies, Extract, State};
#[cfg(feature = "roots")]
pub(crate) use extractors::{need, provided};
pub use instance::{Unsent, Unshared, instance};
pub use param::{Param, ParamError, Query};
pub use pick::{ByNothing, Handed, argument};
pub(crate) use several::Way;
pub use timeout::Timeout;
#[cfg(feature = "upload")]
pub use upload::UploadedFile;
pub(crate) use url::Gets;
pub(crate) use url::in_path;
pub use url::{InUrl, query_parameter, route_parameter};
