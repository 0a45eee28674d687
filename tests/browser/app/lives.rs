//! Pages without a script of their own, pages without modules, and pages that a browser may keep.

use axum_core::response::{IntoResponse, Response};
use comet::{Html, channel, comet};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

#[channel("words/{place}", place: String, history = 100, on_gap = replay, public)]
#[derive(Debug, serde::Serialize)]
struct Word {
    html: String,
    count: u64,
}

/// Says a word.
#[comet(public)]
async fn word(place: String, html: String, count: u64) -> comet::Result {
    Word::channel(place.as_str()).publish(&Word { html, count }).await?;
    Ok(())
}

/// A page that follows a channel by an element, under a policy that lets it run nothing but the client.
#[comet(route = "/source", public)]
async fn source() -> Html {
    let client = comet::client_script();
    Html::trusted(format!(
        "<!doctype html><title>Source</title><link rel=icon href=data:>\
         <meta http-equiv=Content-Security-Policy content=\"script-src 'self'; \
         require-trusted-types-for 'script'; trusted-types comet\">{client}\
         <style>comet-source {{ color: rgb(0, 0, 1) }} comet-source[state=open] {{ color: rgb(0, 0, 2) }}</style>\
         <comet-source channel=words/source history=1>\
         <b data-comet-swap=text data-comet-field=count></b>\
         <ul data-comet-swap=append data-comet-field=html data-comet-keep=2></ul>\
         </comet-source>"
    ))
}

/// The page of all tests, which a browser may keep for the way back.
#[comet(route = "/kept", public)]
async fn kept() -> Response {
    let page = super::page().await.into_string();
    ([(CACHE_CONTROL, "no-cache"), (CONTENT_TYPE, "text/html; charset=utf-8")], page)
        .into_response()
}

/// A page whose scripts are no modules.
#[comet(route = "/classic", public)]
async fn classic() -> Html {
    Html::trusted(
        "<!doctype html><title>Classic</title><link rel=icon href=data:>\
         <script src=/comet/comet.classic.js></script>\
         <script>window.heard = []; comet.subscribe('words/classic', ({ count }) => { heard.push(count); });</script>\
         <button data-comet-call=word data-comet-args='[\"classic\", \"\", 7]'>Say</button>",
    )
}
