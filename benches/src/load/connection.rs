//! One connection of the load generator.

use std::io::{self, ErrorKind, Read, Write};

use mio::net::TcpStream;
use mio::{Interest, Registry, Token};
use rustls::ClientConnection;

use super::answer::Answers;
use super::process::Process;
use super::tls::Tls;

/// A connection on which one request is made after the other.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    pub(crate) answers: Answers,
    /// What bodies have brought, until somebody takes it.
    pub(crate) body: Vec<u8>,
    /// What the system had no room for.
    unsent: Vec<u8>,
    tls: Option<Box<ClientConnection>>,
}

/// Why a connection is of no use any more.
pub(crate) type Failure = Box<dyn std::error::Error>;

impl Connection {
    /// Connects, and lets `registry` say under `token` when there is something to read.
    ///
    /// # Errors
    ///
    /// Nobody listens, or there are no descriptors left.
    pub(crate) fn open(
        process: &Process,
        registry: &Registry,
        token: Token,
    ) -> Result<Self, Failure> {
        // Connected first: over loopback that is at once, and then there is no state for it.
        let stream = std::net::TcpStream::connect(process.address)?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let mut stream = TcpStream::from_std(stream);
        registry.register(&mut stream, token, Interest::READABLE | Interest::WRITABLE)?;
        let tls = process.tls.as_ref().map(Tls::connect).transpose()?.map(Box::new);
        let (answers, body, unsent) = (Answers::default(), Vec::new(), Vec::new());
        Ok(Self { stream, answers, body, unsent, tls })
    }

    /// Sends a request, as far as there is room for it; `flush` sends the rest.
    ///
    /// # Errors
    ///
    /// The server has closed the connection.
    pub(crate) fn send(&mut self, request: &str) -> io::Result<()> {
        match &mut self.tls {
            Some(tls) => tls.writer().write_all(request.as_bytes())?,
            None => self.unsent.extend_from_slice(request.as_bytes()),
        }
        self.flush()
    }

    /// Sends what there is room for now.
    ///
    /// # Errors
    ///
    /// The server has closed the connection.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        while let Some(tls) = self.tls.as_mut().filter(|tls| tls.wants_write()) {
            tls.write_tls(&mut self.unsent)?;
        }
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
                    ended += match self.tls.is_some() {
                        true => self.decrypt(bytes)?,
                        false => self.answers.take(bytes, &mut self.body)?,
                    };
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(ended),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The same of what is encrypted.
    fn decrypt(&mut self, mut bytes: &[u8]) -> Result<usize, Failure> {
        let Some(tls) = &mut self.tls else { return Ok(0) };
        let (mut ended, mut plain) = (0, Vec::new());
        while !bytes.is_empty() {
            tls.read_tls(&mut bytes)?;
            let state = tls.process_new_packets()?;
            plain.resize(state.plaintext_bytes_to_read(), 0);
            tls.reader().read_exact(&mut plain)?;
            ended += self.answers.take(&plain, &mut self.body)?;
        }
        // What is said for the encryption alone.
        self.flush()?;
        Ok(ended)
    }
}
