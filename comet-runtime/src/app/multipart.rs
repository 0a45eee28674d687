//! Forms with files: `multipart/form-data` (RFC 7578).

use bytes::Bytes;
use http::request::Parts;
use http::{StatusCode, header};
use http_body_util::{BodyDataStream, Full};
use multer::{Field, Multipart};

use crate::error::Error;
use crate::extract::UploadedFile;

pub(crate) const CONTENT_TYPE: &str = "multipart/form-data";

/// What a form holds, in its order.
#[derive(Debug, Default)]
pub(crate) struct Form {
    pub(crate) texts: Vec<(String, String)>,
    pub(crate) files: Vec<UploadedFile>,
}

/// Takes a form apart. A part without a name is left out, and so is a file input that nothing was chosen in.
///
/// # Errors
///
/// 400 for a body that is no such form, and for one that ends too early.
pub(super) async fn read(parts: &Parts, body: Bytes) -> Result<Form, Error> {
    let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let boundary =
        multer::parse_boundary(content_type.unwrap_or_default()).map_err(|e| malformed(&e))?;
    let mut multipart = Multipart::new(BodyDataStream::new(Full::new(body)), boundary);
    let mut form = Form::default();
    while let Some(field) = multipart.next_field().await.map_err(|e| malformed(&e))? {
        form.put(field).await?;
    }
    Ok(form)
}

impl Form {
    async fn put(&mut self, part: Field<'_>) -> Result<(), Error> {
        let Some(field) = part.name().map(str::to_owned) else { return Ok(()) };
        let name = part.file_name().map(str::to_owned);
        let content_type = part.content_type().map(ToString::to_string);
        let bytes = part.bytes().await.map_err(|e| malformed(&e))?;
        match name {
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(name) => {
                self.files.push(UploadedFile::new(field, name, content_type, bytes));
            }
            None => self.texts.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
        Ok(())
    }
}

fn malformed(error: &multer::Error) -> Error {
    Error::new(StatusCode::BAD_REQUEST, format!("the body is no multipart/form-data: {error}"))
}
