use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http2::{SendRequest, handshake};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::client::epoch;
use super::{PATIENCE, Server};

/// A connection that speaks HTTP/2 from its first byte.
async fn connect(server: &Server) -> SendRequest<Full<Bytes>> {
    let stream = TcpStream::connect(server.address).await.unwrap();
    let (sender, connection) = handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    sender
}

async fn answer(
    sender: &mut SendRequest<Full<Bytes>>,
    request: Request<Full<Bytes>>,
) -> (StatusCode, String) {
    let reply = timeout(PATIENCE, sender.send_request(request)).await.unwrap().unwrap();
    let status = reply.status();
    let body = timeout(PATIENCE, reply.into_body().collect()).await.unwrap().unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn get(path: &str) -> Request<Full<Bytes>> {
    let builder = Request::get(format!("http://localhost{path}"));
    builder.header("accept", "application/x-ndjson, */*;q=0.5").body(Full::default()).unwrap()
}

fn call(name: &str, json: &'static str) -> Request<Full<Bytes>> {
    Request::post(format!("http://localhost/comet/call/{name}"))
        .header("content-type", "application/json")
        .body(Full::from(json))
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_shape_is_served() {
    let server = Server::start();
    let mut sender = connect(&server).await;
    assert_eq!(answer(&mut sender, call("add", "[1,2]")).await, (StatusCode::OK, "3".to_owned()));
    let (status, stream) = answer(&mut sender, get("/ticks/1")).await;
    assert_eq!(status, StatusCode::OK);
    let epoch = epoch(&stream).unwrap();
    assert_eq!(
        stream,
        format!(
            "{{\"event\":\"hello\",\"data\":{{\"cursor\":\"{epoch}.0\",\"heartbeat\":15000}}}}\n\
             {{\"id\":\"{epoch}.1\",\"event\":\"message\",\"data\":{{\"n\":1}}}}\n\
             {{\"id\":\"{epoch}.2\",\"event\":\"last\",\"data\":{{\"n\":0}}}}\n\
             {{\"id\":\"done\",\"event\":\"done\",\"data\":null}}\n"
        )
    );
    assert_eq!(
        answer(&mut sender, call("panics", "[]")).await.0,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    assert_eq!(answer(&mut sender, call("add", "[1]")).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(answer(&mut sender, get("/users/7")).await.1, "user 7");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_streams_share_a_connection_and_each_ends_alone() {
    let server = Server::start();
    let sender = connect(&server).await;
    let mut streams = Vec::new();
    for _ in 0..100 {
        let mut reply = sender.clone().send_request(get("/forever")).await.unwrap();
        let first = timeout(PATIENCE, reply.body_mut().frame()).await.unwrap().unwrap().unwrap();
        assert!(first.into_data().unwrap().ends_with(b"{\"n\":1}}\n"));
        streams.push(reply);
    }
    drop(streams.pop());
    server.prints("dropped forever");
    assert_eq!(answer(&mut sender.clone(), get("/users/7")).await.1, "user 7");
    drop(streams);
    for _ in 0..99 {
        server.prints("dropped forever");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_says_bye_and_the_process_ends() {
    let mut server = Server::start();
    let mut sender = connect(&server).await;
    let mut reply = sender.send_request(get("/forever")).await.unwrap();
    timeout(PATIENCE, reply.body_mut().frame()).await.unwrap().unwrap().unwrap();
    server.signal("-TERM");
    let rest = timeout(PATIENCE, reply.into_body().collect()).await.unwrap().unwrap().to_bytes();
    assert!(rest.starts_with(b"{\"event\":\"bye\",\"data\":{\"after\":"), "{rest:?}");
    assert!(server.ends().success());
}
