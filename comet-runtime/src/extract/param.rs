//! Types that stand in a URL.

use std::fmt;

/// A type that a route's placeholder can have, read from a URL and written into a link by the same rule.
///
/// `&str`, `String`, `bool`, `char` and all numbers are. For a type of your own that has `FromStr` and `Display`, write
/// [`comet::param!`](crate::param):
///
/// ```
/// # use std::str::FromStr;
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// struct Hex(u32);
/// impl FromStr for Hex {
///     type Err = std::num::ParseIntError;
///     fn from_str(text: &str) -> Result<Self, Self::Err> {
///         u32::from_str_radix(text, 16).map(Hex)
///     }
/// }
/// impl std::fmt::Display for Hex {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         write!(f, "{:x}", self.0)
///     }
/// }
/// comet::param!(Hex);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a route parameter",
    label = "named in the route, so it is read from the URL",
    note = "route parameters are `&str`, `String`, numbers, `bool`, `char`, or any type with `FromStr + Display` after `comet::param!({Self});`, and in a query `Option` of one, or `Vec` of them"
)]
pub trait Param {
    /// What the handler gets: the type itself, or a borrow of the request.
    type Get<'r>: Send;

    /// Reads a decoded value.
    ///
    /// # Errors
    ///
    /// The text is not a value of this type; the message is shown to the client.
    fn read(text: &str) -> Result<Self::Get<'_>, ParamError>;

    /// Writes the value as `read` takes it, not yet percent-encoded.
    fn write(&self) -> String;
}

/// A URL value that does not fit its type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParamError(String);

impl ParamError {
    /// Says why the value does not fit.
    pub fn new(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

#[diagnostic::do_not_recommend]
impl Param for str {
    type Get<'r> = &'r str;

    fn read(text: &str) -> Result<&str, ParamError> {
        Ok(text)
    }

    fn write(&self) -> String {
        self.to_owned()
    }
}

/// For `Option<&str>` and `Vec<&str>` in a query.
#[diagnostic::do_not_recommend]
impl Param for &str {
    type Get<'r> = &'r str;

    fn read(text: &str) -> Result<&str, ParamError> {
        Ok(text)
    }

    fn write(&self) -> String {
        (*self).to_owned()
    }
}

/// Makes types with `FromStr` and `Display` usable as route parameters.
#[macro_export]
macro_rules! param {
    ($($type:ty),+ $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl $crate::Param for $type {
            type Get<'r> = Self;

            fn read(text: &str) -> ::core::result::Result<Self, $crate::ParamError> {
                ::core::str::FromStr::from_str(text).map_err($crate::ParamError::new)
            }

            fn write(&self) -> ::std::string::String {
                ::std::string::ToString::to_string(self)
            }
        }
    )+};
}

param!(
    String, bool, char, u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64
);
param!(crate::Cursor);

/// A type that a route's query placeholder can have: a [`Param`], an `Option` of one, or a `Vec` of them for a name that
/// may be given several times.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a query parameter",
    label = "named in the route's query, so it is read from the URL",
    note = "query parameters are route parameters, `Option` of one, or `Vec` of them"
)]
pub trait Query {
    /// What the handler gets.
    type Get<'r>: Send;

    /// Whether a link may leave it out.
    const OPTIONAL: bool = false;

    /// Reads the decoded values that were given for the name.
    ///
    /// # Errors
    ///
    /// The value is missing or does not fit; the message is shown to the client.
    fn read_all<'r>(texts: impl Iterator<Item = &'r str>) -> Result<Self::Get<'r>, ParamError>;

    /// Writes the values as `read_all` takes them.
    fn write_all(&self) -> Vec<String>;
}

#[diagnostic::do_not_recommend]
impl<T: Param + ?Sized> Query for T {
    type Get<'r> = T::Get<'r>;

    fn read_all<'r>(mut texts: impl Iterator<Item = &'r str>) -> Result<T::Get<'r>, ParamError> {
        T::read(texts.next().ok_or_else(|| ParamError::new("it is missing"))?)
    }

    fn write_all(&self) -> Vec<String> {
        vec![self.write()]
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> Query for Option<T> {
    const OPTIONAL: bool = true;
    type Get<'r> = Option<T::Get<'r>>;

    fn read_all<'r>(mut texts: impl Iterator<Item = &'r str>) -> Result<Self::Get<'r>, ParamError> {
        texts.next().map(T::read).transpose()
    }

    fn write_all(&self) -> Vec<String> {
        self.iter().map(T::write).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> Query for Vec<T> {
    const OPTIONAL: bool = true;
    type Get<'r> = Vec<T::Get<'r>>;

    fn read_all<'r>(texts: impl Iterator<Item = &'r str>) -> Result<Self::Get<'r>, ParamError> {
        texts.map(T::read).collect()
    }

    fn write_all(&self) -> Vec<String> {
        self.iter().map(T::write).collect()
    }
}
