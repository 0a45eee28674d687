//! One connection of the load generator.

use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;

use mio::net::TcpStream;
use mio::{Interest, Registry, Token};

use super::answer::Answers;

/// A connection on which one request is made after the other.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    pub(crate) answers: Answers,
    /// What bodies have brought, until somebody takes it.
    pub(crate) body: Vec<u8>,
    /// What the system had no room for.
    unsent: Vec<u8>,
}

/// Why a connection is of no use any more.
pub(crate) type Failure = Box<dyn std::error::Error>;

impl Connection {
    /// Connects, and lets `registry` say under `token` when there is something to read.
    ///
    /// # Errors
    ///
    /// Nobody listens, or there are no descriptors left.
    pub(crate) fn open(address: SocketAddr, registry: &Registry, token: Token) -> io::Result<Self> {
        // Connected first: over loopback that is at once, and then there is no state for it.
        let stream = std::net::TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let mut stream = TcpStream::from_std(stream);
        registry.register(&mut stream, token, Interest::READABLE | Interest::WRITABLE)?;
        Ok(Self { stream, answers: Answers::default(), body: Vec::new(), unsent: Vec::new() })
    }

    /// Sends a request, as far as there is room for it; `flush` sends the rest.
    ///
    /// # Errors
    ///
    /// The server has closed the connection.
    pub(crate) fn send(&mut self, request: &str) -> io::Result<()> {
        self.unsent.extend_from_slice(request.as_bytes());
        self.flush()
    }

    /// Sends what there is room for now.
    ///
    /// # Errors
    ///
    /// The server has closed the connection.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        while !self.unsent.is_empty() {
            match self.stream.write(&self.unsent) {
                Ok(sent) => drop(self.unsent.drain(..sent)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Reads all that is there into `body`, and says how many answers have ended.
    ///
    /// # Errors
    ///
    /// The connection has ended, or an answer is not what it should be.
    pub(crate) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Failure> {
        let mut ended = 0;
        loop {
            match self.stream.read(buffer) {
                Ok(0) => return Err("the server has closed a connection".into()),
                Ok(read) => {
                    let bytes = buffer.get(..read).unwrap_or_default();
                    ended += self.answers.take(bytes, &mut self.body)?;
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(ended),
                Err(error) => return Err(error.into()),
            }
        }
    }
}
