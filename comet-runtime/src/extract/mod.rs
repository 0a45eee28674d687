//! What a handler may ask for: values of the URL, arguments of the call, and extractors.

mod extractors;
mod param;
mod pick;
mod several;
mod timeout;
#[cfg(feature = "upload")]
mod upload;
mod url;

pub use extractors::{Cookies, Extract, State};
pub(crate) use extractors::{need, provided};
pub use param::{Param, ParamError, Query, Tag, query_parameter, route_parameter};
pub use pick::{ByBody, Handed, Pick, argument, ladder};
pub use several::{part, take};
pub use timeout::Timeout;
#[cfg(feature = "upload")]
pub use upload::UploadedFile;
pub use url::{path, query};
