//! The listening socket.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::tls::Certificates;

/// Connections the kernel holds until they are accepted. With tokio's 128, a burst of 200 makes clients wait a second
/// for their next attempt.
const BACKLOG: u32 = 4096;

/// A socket that listens.
#[derive(Debug)]
pub(crate) struct Bound {
    pub(super) listener: TcpListener,
    /// What is shown to clients; without it nothing is encrypted.
    pub(super) certificates: Option<Arc<Certificates>>,
    address: SocketAddr,
}

impl Bound {
    /// Listens on an address; port 0 takes a free one.
    ///
    /// # Errors
    ///
    /// The system's, with the address and what to do.
    pub(crate) fn new(address: SocketAddr) -> io::Result<Self> {
        listen(address).map_err(|error| {
            let advice = match error.kind() {
                io::ErrorKind::AddrInUse => {
                    "; another program listens there: choose another port with --bind"
                }
                io::ErrorKind::PermissionDenied => {
                    "; ports below 1024 need a privilege: choose another with --bind"
                }
                io::ErrorKind::AddrNotAvailable => "; this machine has no such address",
                _ => "",
            };
            io::Error::new(error.kind(), format!("cannot listen on {address}: {error}{advice}"))
        })
    }

    /// The same for clients that are shown a certificate, if there is one.
    pub(crate) fn shows(mut self, certificates: Option<Arc<Certificates>>) -> Self {
        self.certificates = certificates;
        self
    }

    /// The address, with the port that was taken.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Says on standard output where the server listens: one line, which programs that start it can wait for.
    pub(crate) fn announce(&self) {
        let scheme = if self.certificates.is_some() { "https" } else { "http" };
        let line = writeln!(io::stdout(), "listening on {scheme}://{}", self.address);
        if let Err(error) = line.and_then(|()| io::stdout().flush()) {
            tracing::debug!(%error, address = %self.address, "cannot write to standard output");
        }
    }
}

/// How much the kernel takes for a client that does not read, beyond what is on its way: it would hold megabytes that grow
/// old, and the log has them already.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 128 * 1024;

fn listen(address: SocketAddr) -> io::Result<Bound> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    #[cfg(target_os = "linux")]
    pass_on(&socket)?;
    socket.bind(address)?;
    let listener = socket.listen(BACKLOG)?;
    let address = listener.local_addr()?;
    Ok(Bound { listener, certificates: None, address })
}

/// Sets what connections have of the socket that they are accepted from, which is less than to set it for each.
#[cfg(target_os = "linux")]
fn pass_on(socket: &TcpSocket) -> io::Result<()> {
    socket2::SockRef::from(socket).set_tcp_notsent_lowat(UNSENT)?;
    socket.set_nodelay(true)
}

/// Lets small messages go at once on a connection that does not have that of its listening socket.
pub(super) fn hurry(_stream: &TcpStream) -> io::Result<()> {
    #[cfg(not(target_os = "linux"))]
    _stream.set_nodelay(true)?;
    Ok(())
}
