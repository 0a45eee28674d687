//! A connection to a server, plain or encrypted.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;

use rustls::{ClientConfig, ClientConnection, StreamOwned};

use super::PATIENCE;

pub(crate) enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Stream {
    /// Connects, and lets the first write begin to encrypt if there is a configuration for that.
    pub(crate) fn connect(address: SocketAddr, tls: Option<&Arc<ClientConfig>>) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self::over(stream, tls)
    }

    pub(crate) fn over(stream: TcpStream, tls: Option<&Arc<ClientConfig>>) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let Some(config) = tls else { return Self::Plain(stream) };
        let session =
            ClientConnection::new(Arc::clone(config), "localhost".try_into().unwrap()).unwrap();
        Self::Tls(Box::new(StreamOwned::new(session, stream)))
    }

    /// Says that nothing more will be sent. The server may have closed before.
    pub(crate) fn finish(&mut self) {
        let _ = match self {
            Self::Plain(stream) => stream.shutdown(Shutdown::Write),
            Self::Tls(stream) => {
                stream.conn.send_close_notify();
                stream.flush()
            }
        };
    }
}

impl Read for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buf),
            Self::Tls(stream) => stream.read(buf),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(buf),
            Self::Tls(stream) => stream.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}
