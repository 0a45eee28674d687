//! The order once more, with a field that is called otherwise.

use comet::{Json, comet};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Serialize, Deserialize, TS)]
pub(crate) struct Order {
    item: String,
    amount: u32,
}

#[comet("/orders", method = POST, group = "renamed", public)]
pub(crate) async fn order(order: Order, coupon: Option<String>) -> comet::Result<Json<Order>> {
    drop(coupon);
    Ok(Json(order))
}
