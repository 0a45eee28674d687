//! What a delivery takes from the allocator: nothing. A message is put together once, and what is written to each reader
//! is the same bytes.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::net::{SocketAddr, TcpListener};

use allocation_counter::measure;
use comet::{App, Config, channel};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};

/// Nothing but these tests publishes it.
#[channel("counted", history = 64, on_gap = replay, public)]
#[derive(Debug, serde::Serialize)]
struct Counted(String);

/// Readers that are measured against each other: what it takes for each more is what a delivery takes.
const FEW: usize = 50;
const MANY: usize = 550;
const MESSAGES: usize = 20;

const REQUEST: &[u8] = b"GET /comet/events?channel=counted HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n";

/// A server on this thread.
fn serve(runtime: &Runtime) -> SocketAddr {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut config = Config::default();
    config.bind = address;
    runtime.spawn(App::from_linked().config(config).serve());
    address
}

/// A connection as soon as somebody listens.
async fn connect(address: SocketAddr) -> TcpStream {
    loop {
        match TcpStream::connect(address).await {
            Ok(stream) => return stream,
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

async fn follow(address: SocketAddr) -> TcpStream {
    let mut stream = connect(address).await;
    stream.write_all(REQUEST).await.unwrap();
    until(&mut stream, b"event: hello").await;
    stream
}

/// Reads until `wanted` has come, without taking anything from the allocator.
async fn until(stream: &mut TcpStream, wanted: &[u8]) {
    let (mut buffer, mut filled) = ([0; 4096], 0);
    loop {
        let read = stream.read(&mut buffer[filled..]).await.unwrap();
        assert_ne!(read, 0, "closed");
        filled += read;
        if buffer[..filled].windows(wanted.len()).any(|window| window == wanted) {
            return;
        }
    }
}

/// Publishes a message and reads it at every reader.
async fn tell(readers: &mut [TcpStream], number: usize) {
    let text = format!("{number:04}");
    Counted::channel().publish(&Counted(text.clone())).await.unwrap();
    for reader in readers {
        until(reader, text.as_bytes()).await;
    }
}

/// How often the allocator was asked while these readers were told so many messages.
fn allocations(runtime: &Runtime, readers: &mut [TcpStream]) -> u64 {
    // What is made once and kept, as the room for a pass, is made by the first messages.
    runtime.block_on(async {
        for number in 0..3 {
            tell(readers, number).await;
        }
    });
    let counted = measure(|| {
        runtime.block_on(async {
            for number in 0..MESSAGES {
                tell(readers, 100 + number).await;
            }
        });
    });
    counted.count_total
}

#[test]
fn a_delivery_takes_nothing_from_the_allocator() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let address = serve(&runtime);
    let mut readers = Vec::new();
    runtime.block_on(async {
        for _ in 0..FEW {
            readers.push(follow(address).await);
        }
    });
    let few = allocations(&runtime, &mut readers);
    runtime.block_on(async {
        for _ in FEW..MANY {
            readers.push(follow(address).await);
        }
    });
    let many = allocations(&runtime, &mut readers);
    println!("{MESSAGES} messages: {few} allocations for {FEW} readers, {many} for {MANY}");
    // A pass may need a little more room; a delivery none.
    let deliveries = ((MANY - FEW) * MESSAGES) as u64;
    assert!(
        many.saturating_sub(few) * 100 < deliveries,
        "{few} for {FEW} readers, {many} for {MANY}"
    );
}
