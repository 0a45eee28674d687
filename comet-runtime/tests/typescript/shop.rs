//! A handler of each kind, and a channel of each kind.

use axum_core::body::Body;
use comet::{Cursor, Error, Events, Html, Json, Page, channel, comet, longpoll};
use serde::{Deserialize, Serialize};
use tokio_stream::Stream;
use ts_rs::TS;

/// What somebody wants.
#[derive(Debug, Serialize, Deserialize, TS)]
pub(crate) struct Order {
    /// What it is called in the catalogue.
    item: String,
    quantity: u32,
    gift: Option<Gift>,
}

#[derive(Debug, Serialize, Deserialize, TS)]
#[serde(tag = "wrapping", rename_all = "snake_case")]
pub(crate) enum Gift {
    Plain,
    Ribbon { colour: String },
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct Paged<T> {
    entries: Vec<T>,
    more: bool,
}

/// A price at a time.
#[derive(Debug, Serialize, TS)]
pub(crate) struct Price {
    at: u64,
    price: f64,
}

/// Nobody has described it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Secret(u8);

/// Orders something.
#[comet("/orders", method = POST, group = "shop", public)]
pub(crate) async fn order(order: Order, coupon: Option<String>) -> comet::Result<Json<Order>> {
    drop(coupon);
    Ok(Json(order))
}

#[comet("/orders?{page}&{tags}", group = "shop", public)]
pub(crate) async fn orders(page: Option<u32>, tags: Vec<String>) -> Json<Paged<Order>> {
    drop((page, tags));
    Json(Paged { entries: Vec::new(), more: false })
}

/// Waits until an order is ready.
#[longpoll("/orders/{id}/ready?{after}", group = "shop", public)]
pub(crate) async fn ready(id: u64, after: Option<Cursor>) -> comet::Result<Json<Gift>> {
    let _ = (id, after);
    Ok(Json(Gift::Plain))
}

/// A page handler, by a name that JavaScript keeps for itself.
#[comet(group = "shop", public)]
pub(crate) async fn import(rows: u32, page: &mut Page) {
    page.text("#rows", rows);
}

/// Events that are followed by their URL.
#[comet("/prices/{item}", group = "shop", public)]
pub(crate) fn prices(item: String) -> impl Stream<Item = Price> + Send {
    drop(item);
    tokio_stream::empty()
}

/// Events of a call.
#[comet(group = "shop", public)]
pub(crate) async fn haggle(offer: f64, out: &mut Events<Price>) -> comet::Result {
    out.send(&Price { at: 0, price: offer }).await
}

/// A page: it has a URL, and nobody calls it.
#[comet("/files/{*path}?{at}", group = "shop", public)]
pub(crate) async fn file(path: &str, at: Option<&str>) -> Html {
    Html::escape(format!("{path} {at:?}"))
}

#[comet(group = "shop", public, name = "whisper-it")]
pub(crate) async fn whisper(secret: Secret) -> Json<Secret> {
    Json(secret)
}

/// Takes the body as it is.
#[comet("/uploads/{name}", method = PUT, group = "shop", public)]
pub(crate) async fn upload(name: String, body: Body) -> Result<String, Error> {
    drop(body);
    Ok(name)
}

pub(crate) struct Till;

#[comet(prefix = "/till", group = "shop", public)]
impl Till {
    /// Whether it is open, and since when.
    #[comet("/{number}")]
    pub(crate) async fn state(&self, number: u8) -> Option<Json<bool>> {
        (number > 9).then_some(Json(true))
    }
}

/// What is left of a thing.
#[channel("stock/{town}/{item}", town: String, item: u32, group = "shop", public)]
#[derive(Debug, Serialize, TS)]
#[allow(dead_code, reason = "nothing is published here")]
pub(crate) enum Stock {
    Left(u32),
    SoldOut,
}

#[channel("camera", content_type = "image/png", group = "shop", public)]
#[derive(Debug)]
pub(crate) struct Picture(Vec<u8>);

impl AsRef<[u8]> for Picture {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
