use super::Running;

pub(super) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
pub(super) const SETTINGS: u8 = 4;
const HEADERS: u8 = 1;

pub(super) fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    [&[0, 0, length, kind, flags, 0, 0, 0, stream], payload].concat()
}

/// The head of `GET {scheme} /`, with indexed fields where HPACK's static table has them.
fn get(stream: u8, fields: &[(u8, &str)]) -> Vec<u8> {
    let mut block = vec![0x82, 0x86, 0x84];
    for (index, value) in fields {
        block.extend([0x40 | index, u8::try_from(value.len()).unwrap()]);
        block.extend(value.as_bytes());
    }
    frame(HEADERS, 0x5, stream, &block)
}

const AUTHORITY: u8 = 1;
const HOST: u8 = 38;

/// The end of a HEADERS frame's head for stream 1, and the HPACK `:status` in it.
const OK: &[u8] = &[HEADERS, 4, 0, 0, 0, 1, 0x88];
const BAD_REQUEST: &[u8] = &[HEADERS, 4, 0, 0, 0, 1, 0x8c];

#[tokio::test]
async fn http2_is_served_to_those_who_speak_it_at_once() {
    let server = Running::new();
    let mut client = server.connect().await;
    for byte in [PREFACE, &frame(SETTINGS, 0, 0, &[])].concat() {
        client.send([byte]).await;
    }
    client.send(get(1, &[(AUTHORITY, "a.example")])).await;
    client.until(OK).await;
    client.until(b"hello").await;
    drop(client);
    server.stop().await;
}

#[tokio::test]
async fn http2_requests_are_checked_as_well() {
    let server = Running::new();
    for fields in [&[][..], &[(HOST, "a b")], &[(AUTHORITY, "a"), (HOST, "b")]] {
        let mut client = server.connect().await;
        client.send([PREFACE, &frame(SETTINGS, 0, 0, &[]), &get(1, fields)].concat()).await;
        client.until(BAD_REQUEST).await;
    }
    server.stop().await;
}

#[tokio::test]
async fn an_http2_stream_does_not_hold_up_the_end() {
    let server = Running::with(|config| config.drain = std::time::Duration::from_millis(200));
    let mut client = server.connect().await;
    let endless = [&[0x82, 0x86, 0x44, 8][..], b"/endless", &[0x41, 1], b"a"].concat();
    let request = frame(HEADERS, 0x5, 1, &endless);
    client.send([PREFACE, &frame(SETTINGS, 0, 0, &[]), &request].concat()).await;
    client.until(b"one\n").await;
    let since = std::time::Instant::now();
    server.stop().await;
    assert!(since.elapsed() < std::time::Duration::from_secs(5));
    client.rest().await;
}
