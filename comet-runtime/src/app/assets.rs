//! The browser client, embedded and served.

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};
use http::header::{self, HeaderName};
use http::request::Parts;
use http::{HeaderValue, StatusCode};

use crate::declared::fnv1a;
use crate::html::Html;

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

const ASSETS: [Asset; 10] = [
    CLIENT,
    asset("comet.classic.js", include_str!("../../../assets/dist/comet.classic.js"), JAVASCRIPT),
    // What the client itself loads in the pages that need it, by the version it was built with.
    asset("channels.js", include_str!("../../../assets/dist/channels.js"), JAVASCRIPT),
    asset("polling.js", include_str!("../../../assets/dist/polling.js"), JAVASCRIPT),
    asset("transports.js", include_str!("../../../assets/dist/transports.js"), JAVASCRIPT),
    asset("websocket.js", include_str!("../../../assets/dist/websocket.js"), JAVASCRIPT),
    asset("element.js", include_str!("../../../assets/dist/element.js"), JAVASCRIPT),
    asset("markup.js", include_str!("../../../assets/dist/markup.js"), JAVASCRIPT),
    asset("morph.js", include_str!("../../../assets/dist/morph.js"), JAVASCRIPT),
    asset("comet.d.ts", include_str!("../../../assets/dist/comet.d.ts"), TYPESCRIPT),
];

/// The way from each file back to the sources it was made of, for the tools of a browser. They are as long as the sources,
/// so only programs that are built for development have them.
const MAPS: &[(&str, &str)] = &[
    #[cfg(debug_assertions)]
    ("comet.js", include_str!("../../../assets/dist/comet.js.map")),
    #[cfg(debug_assertions)]
    ("channels.js", include_str!("../../../assets/dist/channels.js.map")),
    #[cfg(debug_assertions)]
    ("polling.js", include_str!("../../../assets/dist/polling.js.map")),
    #[cfg(debug_assertions)]
    ("transports.js", include_str!("../../../assets/dist/transports.js.map")),
    #[cfg(debug_assertions)]
    ("websocket.js", include_str!("../../../assets/dist/websocket.js.map")),
    #[cfg(debug_assertions)]
    ("element.js", include_str!("../../../assets/dist/element.js.map")),
    #[cfg(debug_assertions)]
    ("markup.js", include_str!("../../../assets/dist/markup.js.map")),
];

const SOURCE_MAP: HeaderName = HeaderName::from_static("sourcemap");

/// What the client's files are known by, as they were built.
const INTEGRITY: &str = include_str!("../../../assets/dist/integrity.json");

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

/// What a page knows the browser client of [`client_url`] by: its hash, for the attribute `integrity` of a `<script>`
/// ([Subresource Integrity](https://www.w3.org/TR/sri-2/)) or a `script-src` of a Content Security Policy.
///
/// ```
/// assert!(comet::client_integrity().starts_with("sha384-"));
/// ```
#[must_use]
pub fn client_integrity() -> &'static str {
    let known = INTEGRITY.lines().filter_map(|line| line.trim().strip_prefix("\"comet.js\": \""));
    known.flat_map(|hash| hash.split('"')).next().unwrap_or_default()
}

/// The `<script>` that loads the browser client in an app that is mounted at `/`: by the URL of its version, which browsers
/// keep for ever, and with its hash, so that nothing else runs in its place.
///
/// ```
/// let script = comet::client_script().to_string();
/// assert!(script.starts_with("<script type=\"module\" src=\"/comet/comet.js?v="), "{script}");
/// assert!(script.contains("\" integrity=\"sha384-"), "{script}");
/// ```
#[must_use]
pub fn client_script() -> Html {
    let (url, integrity) = (client_url(), client_integrity());
    Html::trusted(format!(
        "<script type=\"module\" src=\"{url}\" integrity=\"{integrity}\"></script>"
    ))
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
    if let Some((_, map)) = MAPS.iter().find(|(of, _)| name.strip_suffix(".map") == Some(of)) {
        let json =
            [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
        return Some((json, *map).into_response());
    }
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
    if MAPS.iter().any(|(of, _)| *of == name)
        && let Ok(map) = HeaderValue::try_from(format!("{name}.map"))
    {
        headers.insert(SOURCE_MAP, map);
    }
    Some(response)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

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
    fn a_program_for_development_shows_what_the_client_was_made_of() {
        let (parts, ()) = http::Request::get("/").body(()).unwrap().into_parts();
        for asset in ASSETS.iter().filter(|asset| asset.name.ends_with(".js")) {
            let served = serve(asset.name, &parts).unwrap();
            let Some(map) = served.headers().get("sourcemap") else {
                assert!(["morph.js", "comet.classic.js"].contains(&asset.name), "{}", asset.name);
                continue;
            };
            let map = serve(map.to_str().unwrap(), &parts).unwrap();
            assert_eq!(map.headers()["content-type"], "application/json");
        }
    }

    #[test]
    fn a_module_of_another_version_does_not_exist_but_the_client_always_does() {
        assert_eq!(ask("/channels.js?v=0000000000000000"), None);
        assert_eq!(ask("/channels.js").as_deref(), Some("no-cache"));
        assert_eq!(ask("/comet.js?v=0000000000000000").as_deref(), Some("no-cache"));
    }
}
