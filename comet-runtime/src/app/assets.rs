//! The browser client, embedded and served.

use axum_core::body::Body;
use axum_core::response::Response;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};

use crate::declared::fnv1a;

/// A file of the client.
struct Asset {
    name: &'static str,
    text: &'static str,
    /// Differs between versions of the file.
    tag: u64,
    content_type: &'static str,
}

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const TYPESCRIPT: &str = "application/typescript; charset=utf-8";

const CLIENT: Asset = asset("comet.js", include_str!("../../../assets/dist/comet.js"), JAVASCRIPT);

const ASSETS: [Asset; 8] = [
    CLIENT,
    // What the client itself loads in the pages that need it, by the version it was built with.
    asset("channels.js", include_str!("../../../assets/dist/channels.js"), JAVASCRIPT),
    asset("polling.js", include_str!("../../../assets/dist/polling.js"), JAVASCRIPT),
    asset("transports.js", include_str!("../../../assets/dist/transports.js"), JAVASCRIPT),
    asset("websocket.js", include_str!("../../../assets/dist/websocket.js"), JAVASCRIPT),
    asset("markup.js", include_str!("../../../assets/dist/markup.js"), JAVASCRIPT),
    asset("morph.js", include_str!("../../../assets/dist/morph.js"), JAVASCRIPT),
    asset("comet.d.ts", include_str!("../../../assets/dist/comet.d.ts"), TYPESCRIPT),
];

const fn asset(name: &'static str, text: &'static str, content_type: &'static str) -> Asset {
    Asset { name, text, tag: fnv1a(text.as_bytes()), content_type }
}

/// The URL of the browser client in an app that is mounted at `/`; it changes with the client's content, so that browsers
/// may keep what they have for ever.
///
/// ```
/// assert!(comet::client_url().starts_with("/comet/comet.js?v="));
/// ```
#[must_use]
pub fn client_url() -> String {
    format!("/comet/comet.js?v={:016x}", CLIENT.tag)
}

/// The client's files by name, for whoever serves them elsewhere, and what differs between versions of them.
#[cfg(feature = "sijax")]
pub(crate) fn client_files() -> (String, impl Iterator<Item = (&'static str, &'static str)>) {
    let version = ASSETS.iter().map(|asset| format!("{:016x}", asset.tag)).collect::<String>();
    let version = format!("{:016x}", fnv1a(version.as_bytes()));
    (version, ASSETS.iter().map(|asset| (asset.name, asset.text)))
}

/// The file with that name, if it is one of the client's. What the client loads by another version than the one there is
/// does not exist: a page that was loaded before a deployment goes on without it rather than by one it does not fit.
pub(super) fn serve(name: &str, parts: &Parts) -> Option<Response> {
    let Asset { text, tag, content_type, .. } = ASSETS.iter().find(|asset| asset.name == name)?;
    let tag = format!("{tag:016x}");
    let version = parts.uri.query().and_then(|query| query.strip_prefix("v="));
    let asked_for_this = version == Some(tag.as_str());
    if version.is_some() && !asked_for_this && name != CLIENT.name {
        return None;
    }
    let etag = format!("\"{tag}\"");
    let known =
        parts.headers.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == etag.as_bytes());
    let mut response = Response::new(if known { Body::empty() } else { Body::from(*text) });
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let cache = if asked_for_this { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(etag) = HeaderValue::try_from(etag) {
        headers.insert(header::ETAG, etag);
    }
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::{ASSETS, serve};

    fn ask(path: &str) -> Option<String> {
        let (parts, ()) = http::Request::get(path).body(()).ok()?.into_parts();
        let name = parts.uri.path().trim_start_matches('/').to_owned();
        let reply = serve(&name, &parts)?;
        Some(reply.headers()["cache-control"].to_str().ok()?.to_owned())
    }

    #[test]
    fn the_client_loads_its_modules_by_the_version_they_have() {
        let mut loaded = 0;
        for asset in ASSETS {
            for path in asset.text.split("import(\"./").skip(1) {
                let path = path.split('"').next().unwrap_or_default();
                let cache = ask(&format!("/{path}"));
                assert_eq!(
                    cache.as_deref(),
                    Some("public, max-age=31536000, immutable"),
                    "{path} in {}",
                    asset.name
                );
                loaded += 1;
            }
        }
        assert!(loaded >= 5, "{loaded}");
    }

    #[test]
    fn a_module_of_another_version_does_not_exist_but_the_client_always_does() {
        assert_eq!(ask("/channels.js?v=0000000000000000"), None);
        assert_eq!(ask("/channels.js").as_deref(), Some("no-cache"));
        assert_eq!(ask("/comet.js?v=0000000000000000").as_deref(), Some("no-cache"));
    }
}
