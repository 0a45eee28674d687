//! Which of Sijax's scripts calls, as it is answered in its own way.

use http::request::Parts;
use http::{HeaderMap, HeaderName, header};

/// Where the answer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Caller {
    /// To `Sijax.request`, which reads JSON.
    Ajax,
    /// Into a hidden frame, which `sjxComet` and `sjxUpload` post a form to.
    Frame,
}

const REQUESTED_WITH: HeaderName = HeaderName::from_static("x-requested-with");
const FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

impl Caller {
    /// By what jQuery says of itself, else by what a browser says, else by what the caller accepts.
    pub(super) fn of(parts: &Parts) -> Self {
        let headers = &parts.headers;
        if text(headers, &REQUESTED_WITH).eq_ignore_ascii_case("xmlhttprequest") {
            return Self::Ajax;
        }
        match text(headers, &FETCH_DEST) {
            "empty" => Self::Ajax,
            // A browser that does not say: jQuery says nothing of itself to other origins, but asks for JSON.
            "" if accepts_data(headers) => Self::Ajax,
            _ => Self::Frame,
        }
    }
}

fn accepts_data(headers: &HeaderMap) -> bool {
    let accepted = text(headers, &header::ACCEPT).to_ascii_lowercase();
    ["application/json", "text/javascript"].iter().any(|data| accepted.contains(data))
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use http::Request;

    use super::Caller;

    fn of(headers: &[(&str, &str)]) -> Caller {
        let mut request = Request::post("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Caller::of(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn s_21_the_caller_is_told_by_its_head() {
        let jquery = "application/json, text/javascript, */*; q=0.01";
        let document = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for (headers, wanted) in [
            (&[("x-requested-with", "XMLHttpRequest"), ("accept", jquery)][..], Caller::Ajax),
            (&[("x-requested-with", "XMLHttpRequest"), ("sec-fetch-dest", "empty")], Caller::Ajax),
            (&[("sec-fetch-dest", "empty"), ("accept", "*/*")], Caller::Ajax),
            (&[("accept", jquery)], Caller::Ajax),
            (&[("sec-fetch-dest", "iframe"), ("accept", document)], Caller::Frame),
            (&[("accept", document)], Caller::Frame),
            (&[("accept", "*/*")], Caller::Frame),
            (&[], Caller::Frame),
        ] {
            assert_eq!(of(headers), wanted, "{headers:?}");
        }
    }
}
