//! What one writes in axum by hand: server-sent events out of a broadcast channel, and long polls that wait for a bell.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::{Stream, StreamExt};
use tokio::sync::{Notify, broadcast};
use tokio_stream::wrappers::BroadcastStream;

/// How many messages are kept for polls, and for streams that lag.
const KEPT: usize = 1024;
const HOLD: Duration = Duration::from_secs(25);

struct Channel {
    events: broadcast::Sender<(u64, String)>,
    kept: Mutex<(u64, VecDeque<String>)>,
    bell: Notify,
}

type Channels = Arc<Mutex<HashMap<String, Arc<Channel>>>>;

fn channel(channels: &Channels, name: String) -> Arc<Channel> {
    let new = || {
        let (events, kept) = (broadcast::channel(KEPT).0, Mutex::default());
        Arc::new(Channel { events, kept, bell: Notify::new() })
    };
    lock(channels).entry(name).or_insert_with(new).clone()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn sse(
    State(channels): State<Channels>,
    Path(name): Path<String>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = BroadcastStream::new(channel(&channels, name).events.subscribe());
    let events = events.filter_map(async |event| event.ok());
    let events = events.map(|(id, text)| Ok(Event::default().id(id.to_string()).data(text)));
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn poll(
    State(channels): State<Channels>,
    Path(name): Path<String>,
    Query(query): Query<HashMap<String, u64>>,
) -> Response {
    let channel = channel(&channels, name);
    let cursor = query.get("c").copied().unwrap_or_else(|| lock(&channel.kept).0);
    loop {
        let rung = channel.bell.notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
        {
            let (newest, texts) = &*lock(&channel.kept);
            if *newest > cursor {
                let behind = usize::try_from(newest - cursor).unwrap_or(KEPT);
                let from = texts.len().saturating_sub(behind);
                let body: Vec<_> = texts.iter().skip(from).map(String::as_str).collect();
                return ([("x-cursor", newest.to_string())], body.join("\n")).into_response();
            }
        }
        if tokio::time::timeout(HOLD, rung).await.is_err() {
            return ([("x-cursor", cursor.to_string())], "").into_response();
        }
    }
}

async fn publish(
    State(channels): State<Channels>,
    Path(name): Path<String>,
    text: String,
) -> StatusCode {
    let channel = channel(&channels, name);
    let id = {
        let (newest, texts) = &mut *lock(&channel.kept);
        *newest += 1;
        texts.push_back(text.clone());
        if texts.len() > KEPT {
            texts.pop_front();
        }
        *newest
    };
    // Nobody listens, which is no error.
    let _ = channel.events.send((id, text));
    channel.bell.notify_waiters();
    StatusCode::ACCEPTED
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let workers = std::env::var("BENCH_WORKERS").map_or(Ok(1), |text| text.parse())?;
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(workers).enable_all().build()?.block_on(async {
        let routes = Router::new()
            .route("/sse/{name}", get(sse))
            .route("/poll/{name}", get(poll))
            .route("/pub/{name}", post(publish))
            .with_state(Channels::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("listening on http://{}", listener.local_addr()?);
        axum::serve(listener, routes).await?;
        Ok(())
    })
}
