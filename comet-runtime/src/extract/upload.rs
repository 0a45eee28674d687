//! Files of a form.

use std::fmt;
use std::future::ready;
use std::sync::PoisonError;

use bytes::Bytes;

use super::Extract;
use crate::arguments::missing;
use crate::call::Call;
use crate::error::Error;

/// A file that a form sends along (`multipart/form-data`): the argument's name is that of the form's field.
///
/// `Option<UploadedFile>` is for a field that may be left empty, `Vec<UploadedFile>` for `<input type="file" multiple>`.
/// A form's other fields are arguments of the call like those of any form. The whole body is held in memory, up to the
/// setting `body_limit` (64 KiB unless set).
///
/// ```
/// use comet::{Page, UploadedFile, comet};
///
/// #[comet(public)]
/// async fn send(title: String, picture: UploadedFile, page: &mut Page) {
///     page.text("#sent", format!("{title}: {} bytes", picture.bytes().len()));
/// }
/// ```
///
/// Nothing of it was checked: the name and the media type are what the browser says. Never make a path of the name.
#[derive(Clone, PartialEq, Eq)]
pub struct UploadedFile {
    field: String,
    name: String,
    content_type: Option<String>,
    bytes: Bytes,
}

impl UploadedFile {
    pub(crate) fn new(
        field: String,
        name: String,
        content_type: Option<String>,
        bytes: Bytes,
    ) -> Self {
        Self { field, name, content_type, bytes }
    }

    /// The form's field.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What the file is called where it comes from.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The media type that it came with.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// What is in it.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

impl fmt::Debug for UploadedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadedFile")
            .field("field", &self.field)
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

impl Extract for UploadedFile {
    /// The first file of the field `file`.
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        Self::extract_as(call, "file")
    }

    fn extract_as(call: &Call, name: &str) -> impl Future<Output = Result<Self, Error>> + Send {
        ready(take(call, name).ok_or_else(|| missing(name)))
    }
}

impl Extract for Option<UploadedFile> {
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        Self::extract_as(call, "file")
    }

    fn extract_as(call: &Call, name: &str) -> impl Future<Output = Result<Self, Error>> + Send {
        ready(Ok(take(call, name)))
    }
}

impl Extract for Vec<UploadedFile> {
    fn extract(call: &Call) -> impl Future<Output = Result<Self, Error>> + Send {
        Self::extract_as(call, "file")
    }

    fn extract_as(call: &Call, name: &str) -> impl Future<Output = Result<Self, Error>> + Send {
        ready(Ok(std::iter::from_fn(|| take(call, name)).collect()))
    }
}

fn take(call: &Call, name: &str) -> Option<UploadedFile> {
    call.arguments.lock().unwrap_or_else(PoisonError::into_inner).take_file(name)
}
