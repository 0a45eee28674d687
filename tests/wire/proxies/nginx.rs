use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Receiver;

use crate::client::Client;
use crate::server::{Directory, lines, wait_for};

/// The configuration of the documentation, before an app.
const CONFIGURATION: &str = include_str!("../../../docs/proxies/nginx.conf");
/// What it says of a connection to the app.
const HTTP_1_1: &str = "proxy_http_version 1.1;
            proxy_set_header Connection $connection_to_app;
            proxy_set_header Upgrade $http_upgrade;";

/// How nginx is set: what takes the place of the lines for HTTP/1.1 to the app, and what is added.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) upstream: &'static str,
    pub(super) more: &'static str,
}

impl Setting {
    /// As the documentation has it: nginx keeps replies back, except those that ask it not to.
    pub(super) const BUFFERED: Self = Self { upstream: HTTP_1_1, more: "proxy_buffering on;" };
    pub(super) const UNBUFFERED: Self = Self { upstream: HTTP_1_1, more: "proxy_buffering off;" };
    /// Everything is compressed, also what nginx would leave alone.
    pub(super) const COMPRESSED: Self =
        Self { upstream: HTTP_1_1, more: "gzip on; gzip_types *; gzip_min_length 0;" };
    /// As nginx speaks to an app without a word about it: HTTP/1.0, a connection a request.
    pub(super) const OLD: Self = Self { upstream: "proxy_http_version 1.0;", more: "" };
    pub(super) const ALL: [Self; 4] =
        [Self::BUFFERED, Self::UNBUFFERED, Self::COMPRESSED, Self::OLD];
}

/// nginx before an app.
pub(super) struct Nginx {
    process: Child,
    pub(super) address: SocketAddr,
    /// What it says: it would end where nobody reads that.
    _logged: Receiver<String>,
    _directory: Directory,
}

impl Nginx {
    pub(super) fn before(app: SocketAddr, setting: Setting) -> Self {
        let directory = Directory::new();
        let address = free();
        let file = directory.0.join("nginx.conf");
        std::fs::write(&file, configuration(&directory.0, app, address, setting)).unwrap();
        let mut process = Command::new("nginx")
            .args(["-p".as_ref(), directory.0.as_os_str(), "-c".as_ref(), file.as_os_str()])
            .args(["-e", "stderr"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("nginx is not installed");
        let logged = lines(process.stderr.take().unwrap());
        // By then it listens.
        wait_for(&logged, "using the \"epoll\" event method");
        Self { process, address, _logged: logged, _directory: directory }
    }

    pub(super) fn connect(&self) -> Client {
        Client::connect(self.address)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        self.process.wait().unwrap();
    }
}

/// An address that nobody listens on.
fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// The documentation's lines with these addresses and the setting; all that nginx writes goes into the directory.
fn configuration(directory: &Path, app: SocketAddr, own: SocketAddr, setting: Setting) -> String {
    let changes = [
        ("server 127.0.0.1:8080".to_owned(), format!("server {app}")),
        ("listen 127.0.0.1:8000".to_owned(), format!("listen {own}")),
        (HTTP_1_1.to_owned(), format!("{} {}", setting.upstream, setting.more)),
        ("http {".to_owned(), format!("http {{ access_log off; {}", temporary(directory))),
    ];
    let mut text = CONFIGURATION.to_owned();
    for (is, becomes) in changes {
        assert_eq!(text.matches(&is).count(), 1, "{is}");
        text = text.replacen(&is, &becomes, 1);
    }
    format!("daemon off; master_process off; pid nginx.pid; error_log stderr notice; {text}")
}

fn temporary(directory: &Path) -> String {
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    kinds.map(|kind| format!("{kind}_temp_path {}/{kind};", directory.display())).concat()
}
