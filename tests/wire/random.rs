use super::{Client, Server, call, get};

/// A generator that gives the same numbers each time (xorshift, 64 bits).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}

/// Sends it, says that nothing follows, and waits for the server to close.
fn thrown(server: &Server, bytes: &[u8]) {
    let mut client = Client::connect(server.address);
    if client.try_send(bytes) {
        client.finish_sending();
    }
    client.swallow();
}

#[test]
fn no_bytes_end_the_process() {
    let server = Server::start();
    let mut numbers = Numbers(0x5eed_c0de);
    for _ in 0..150 {
        let length = numbers.below(2000);
        thrown(&server, &numbers.bytes(length));
    }
    server.lives();
}

#[test]
fn nor_do_requests_with_wrong_bytes_in_them() {
    let server = Server::start();
    let mut numbers = Numbers(0xfeed_c0de);
    let requests = [
        call("add", "*/*", "[1,2]"),
        call("register", "text/event-stream", "{\"name\":\"x\",\"age\":7,\"tags\":[\"a\"]}"),
        call("count?transport=frame", "*/*", "[3]"),
        get("/ticks/3?from=1&cursor=4fzzzxjykrx1kjq7bnt0xq3m2c.0", "application/x-ndjson"),
        get("/hello/%41%C3%A4?transport=json", "application/json;q=0.5, */*"),
        get("/kept", "text/event-stream").replacen(
            "\r\n",
            "\r\nlast-event-id: 4fzzzxjykrx1kjq7bnt0xq3m2c.1\r\n",
            1,
        ),
    ];
    for turn in 0..300 {
        let mut bytes = requests[turn % requests.len()].clone().into_bytes();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(bytes.len());
            match numbers.below(3) {
                0 => bytes[at] = numbers.next().to_le_bytes()[0],
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, numbers.next().to_le_bytes()[0]),
            }
        }
        thrown(&server, &bytes);
    }
    server.lives();
}
