use tokio::net::TcpStream;

use crate::server::Bound;
use crate::server::listen::hurry;

#[tokio::test]
async fn connections_send_small_messages_at_once() {
    let bound = Bound::new(([127, 0, 0, 1], 0).into()).unwrap();
    let _client = TcpStream::connect(bound.address()).await.unwrap();
    let (stream, _) = bound.listener.accept().await.unwrap();
    hurry(&stream).unwrap();
    assert!(stream.nodelay().unwrap());
}
