//! Comet inside an axum application: axum keeps its own routes, Comet answers the rest, both share one state.

mod page;

pub use page::LESSON;

use axum::extract::State as AxumState;
use axum::routing::post;
use axum::{Form, Router};
use comet::{App, Page, State, comet};
use serde::Deserialize;
use tokio::sync::watch;

/// What was ordered, counted; the latest dish.
#[derive(Clone, Debug, Default)]
pub struct Kitchen {
    orders: watch::Sender<(u64, String)>,
}

impl Kitchen {
    fn order(&self, dish: String) {
        self.orders.send_modify(|(count, latest)| (*count, *latest) = (*count + 1, dish));
    }
}

/// The form that axum's own route reads.
#[derive(Debug, Deserialize)]
pub struct Order {
    dish: String,
}

/// A handler of axum, as it was before Comet came.
async fn order(AxumState(kitchen): AxumState<Kitchen>, Form(order): Form<Order>) -> &'static str {
    kitchen.order(order.dish);
    "The kitchen has it.\n"
}

/// The same from a page's form.
#[comet(public)]
pub async fn order_dish(dish: String, kitchen: State<Kitchen>) {
    kitchen.order(dish);
}

/// Shows every order as it comes in, by whichever door.
#[comet(public)]
pub async fn watch_kitchen(kitchen: State<Kitchen>, page: &mut Page) -> comet::Result {
    let mut orders = kitchen.orders.subscribe();
    loop {
        let (count, latest) = orders.borrow_and_update().clone();
        page.text("#count", count).text("#latest", latest).flush().await?;
        orders.changed().await?;
    }
}

/// The whole application: every linked Comet handler is served where axum has no route of its own.
pub fn application(kitchen: Kitchen) -> comet::Result<Router> {
    let comet = App::from_linked().state(kitchen.clone()).into_service()?;
    Ok(Router::new().route("/orders", post(order)).with_state(kitchen).fallback_service(comet))
}
