//! Who is asking, and from where: the authenticator, the user, and the checks of host, origin and CSRF token.
//!
//! Everything here judges a request by its head alone and knows nothing of routes, runs or logs.

mod authenticator;
mod authority;
pub(crate) mod csrf;
mod equal;
mod host;
mod origin;
#[cfg(feature = "sijax")]
mod page_token;
mod peer;
#[cfg(test)]
mod tests;
mod user;

pub use authenticator::Authenticator;
pub(crate) use authenticator::SharedAuthenticator;
pub(crate) use authority::Authority;
pub(crate) use equal::equal;
pub(crate) use host::HostRule;
pub use host::ServedHost;
pub use origin::Origin;
pub(crate) use origin::check as check_origin;
#[cfg(feature = "sijax")]
pub(crate) use page_token::PageToken;
pub use peer::PeerAddr;
pub(crate) use peer::Scheme;
pub use user::User;
