//! The files that every page links to, and the way to serve such files: text with a content type.

use axum_core::response::{IntoResponse, Response};
use comet::comet;
use http::header::CONTENT_TYPE;

/// An ES module as a reply.
pub fn script(source: &'static str) -> Response {
    ([(CONTENT_TYPE, "text/javascript")], source).into_response()
}

#[comet(route = "/layout.css", public)]
async fn layout_css() -> Response {
    ([(CONTENT_TYPE, "text/css")], include_str!("../static/layout.css")).into_response()
}

#[comet(route = "/layout.svg", public)]
async fn layout_svg() -> Response {
    ([(CONTENT_TYPE, "image/svg+xml")], include_str!("../static/layout.svg")).into_response()
}
