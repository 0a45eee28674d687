//! The long polling server beside the application server: two processes, one database.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A process that serves, until it is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(program: &str, args: &[&str], database: &str) -> Self {
        let mut command = Command::new(program);
        command.args(args).env("MESSENGER_DB", database).env_remove("COMET_BIND");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let address = first.trim().strip_prefix("listening on http://").unwrap().to_owned();
        Self { child, address }
    }

    fn send(&self, request: &str) -> TcpStream {
        let mut socket = TcpStream::connect(&self.address).unwrap();
        let request = request.replacen("\r\n", "\r\nhost: localhost\r\nconnection: close\r\n", 1);
        socket.write_all(request.as_bytes()).unwrap();
        socket
    }

    fn call(&self, name: &str, cookie: &str, json: &str) -> String {
        let length = json.len();
        answer(self.send(&format!(
            "POST /comet/call/{name} HTTP/1.1\r\ncookie: {cookie}\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n\r\n{json}"
        )))
    }

    fn poll(&self, cookie: &str, query: &str) -> TcpStream {
        self.send(&format!("GET /polls/notification?{query} HTTP/1.1\r\ncookie: {cookie}\r\n\r\n"))
    }
}

fn answer(mut socket: TcpStream) -> String {
    let mut text = String::new();
    socket.read_to_string(&mut text).unwrap();
    text
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

struct Directory(PathBuf);

impl Drop for Directory {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

#[test]
fn o_10_o_14_polls_are_answered_by_a_server_of_their_own_for_what_another_has_written() {
    let directory = std::env::temp_dir().join(format!("comet-messenger-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let directory = Directory(directory);
    let file = |name: &str| directory.0.join(name).display().to_string();
    std::fs::write(file("polls.toml"), "timeout = \"1s\"").unwrap();
    let database = file("db");
    let pages =
        Server::start(env!("CARGO_BIN_EXE_messenger"), &["--bind", "127.0.0.1:0"], &database);
    let config = file("polls.toml");
    let options = ["-d", &database, "-i", "127.0.0.1", "-p", "0", "--max-cursor", "1"];
    let options = [&options[..], &["--path", "/polls", "--config", &config]].concat();
    let polls = Server::start(env!("CARGO_BIN_EXE_longpoll-server"), &options, "");

    let entered = pages.call("enter", "", r#"["ann"]"#);
    let cookie = entered.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap();
    assert!(answer(polls.poll("sid=nobody", "data=%7B%7D")).starts_with("HTTP/1.1 401 "));
    assert!(answer(polls.poll(cookie, "data=%7B%7D")).starts_with("HTTP/1.1 204 "), "held for 1 s");

    let told = |title: &str| pages.call("notify", cookie, &format!(r#"["ann","{title}"]"#));
    let held = polls.poll(cookie, "data=%7B%7D");
    assert!(told("one").starts_with("HTTP/1.1 204 "));
    let one = answer(held);
    assert!(one.ends_with(r#"[{"id":1,"title":"one","sticky":false}]"#), "{one}");
    let held = polls.poll(cookie, "data=%7B%22seen%22%3A1%7D");
    assert!(told("two").starts_with("HTTP/1.1 204 "));
    let two = answer(held);
    assert!(two.ends_with(r#"[{"id":2,"title":"two","sticky":false}]"#), "{two}");
}
