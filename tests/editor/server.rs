//! A language server, spoken to as editors do: JSON-RPC over its standard input and output
//! (<https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/>).

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a server may take for anything: it builds Comet first.
const PATIENCE: Duration = Duration::from_secs(300);

/// rust-analyzer on one folder.
pub(crate) struct Server {
    process: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    asked: u64,
}

impl Server {
    /// Starts it and waits until it has read everything.
    pub(crate) fn start(root: &Path, target: &Path) -> Self {
        let mut process = Command::new("rust-analyzer")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect(
                "rust-analyzer is not installed: `rustup component add rust-analyzer rust-src`",
            );
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut server = Self { process, input, messages, asked: 0 };
        server.greet(root, target);
        server
    }

    fn greet(&mut self, root: &Path, target: &Path) {
        let uri = uri(root);
        let options = json!({
            "cargo": { "targetDir": target, "extraEnv": { "CARGO_NET_OFFLINE": "true" } },
            "checkOnSave": false,
            "cachePriming": { "enable": false },
        });
        let capabilities = json!({
            "experimental": { "serverStatusNotification": true },
            "workspace": { "workspaceEdit": { "documentChanges": true } },
            "textDocument": { "completion": { "completionItem": { "snippetSupport": false } } },
        });
        let folders = json!([{ "uri": uri, "name": "edited" }]);
        self.ask(
            "initialize",
            &json!({
                "processId": std::process::id(), "rootUri": uri, "workspaceFolders": folders,
                "initializationOptions": options, "capabilities": capabilities,
            }),
        );
        self.tell("initialized", &json!({}));
        self.wait(|message| {
            message["method"] == "experimental/serverStatus"
                && message["params"]["quiescent"] == true
        });
    }

    /// Asks something about a place in a file.
    pub(crate) fn at(&mut self, question: &str, file: &Path, place: Place, more: &Value) -> Value {
        let mut asked = json!({
            "textDocument": { "uri": uri(file) },
            "position": { "line": place.line, "character": place.character },
        });
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.ask(question, &asked)
    }

    /// Asks anew when the server says that what it worked on has changed meanwhile.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        const CONTENT_MODIFIED: i64 = -32801;
        loop {
            self.asked += 1;
            let id = self.asked;
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
            let mut answer =
                self.wait(|message| message["id"] == id && message["method"].is_null());
            if answer["error"]["code"] == CONTENT_MODIFIED {
                continue;
            }
            assert!(answer["error"].is_null(), "{method}: {answer}");
            return answer["result"].take();
        }
    }

    /// Opens a file as an editor does, and waits until the server has taken it in.
    pub(crate) fn open(&mut self, file: &Path, text: &str) {
        let item = json!({ "uri": uri(file), "languageId": "rust", "version": 1, "text": text });
        self.tell("textDocument/didOpen", &json!({ "textDocument": item }));
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The next message for which this is true; what the server asks meanwhile is granted.
    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let message = self.messages.recv_timeout(left).expect("the language server is silent");
            if wanted(&message) {
                return message;
            }
            if !message["id"].is_null() && message["method"].is_string() {
                self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": null }));
            }
        }
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _waited = self.process.wait();
    }
}

fn read(output: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().ok()?;
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// Lines and columns count from 0; the files of these tests are ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: u64,
    pub(crate) character: u64,
}

impl Place {
    /// Where `part` stands in the first line of `text` that has `line` in it.
    pub(crate) fn of(text: &str, line: &str, part: &str) -> Self {
        let (number, found) =
            text.lines().enumerate().find(|(_, found)| found.contains(line)).unwrap();
        Self { line: number as u64, character: found.find(part).unwrap() as u64 }
    }

    /// The start of a range of the protocol.
    pub(crate) fn start(range: &Value) -> Self {
        let start = &range["start"];
        Self {
            line: start["line"].as_u64().unwrap(),
            character: start["character"].as_u64().unwrap(),
        }
    }

    /// So many characters further.
    pub(crate) fn after(self, characters: u64) -> Self {
        Self { character: self.character + characters, ..self }
    }
}
