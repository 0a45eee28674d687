//! One TLS connection, shared like its socket.

use std::fmt;
use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use rustls::{ServerConfig, ServerConnection};
use tokio::io::{AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::HTTP2;

/// How much is encrypted at once: one record's worth (RFC 8446 section 5.1). What a slow client has not taken of it is all
/// that waits for it here.
const AHEAD: usize = 16 * 1024;

/// A TLS connection: its socket, and what rustls knows of it.
///
/// What is taken to be sent is encrypted at once, and may not fit into the socket. The rest goes before anything else, by
/// whoever writes next, or flushes. Only one task waits, to read and to write; others try to write, and where something
/// [is owed](Self::owes) then, that task has to be told to flush.
pub(crate) struct Tls {
    stream: TcpStream,
    state: Mutex<State>,
}

struct State {
    session: ServerConnection,
    /// Whether the socket has taken anything since somebody asked.
    moved: bool,
}

impl Tls {
    /// Agrees with a client on how to encrypt.
    pub(super) async fn accept(config: Arc<ServerConfig>, stream: TcpStream) -> io::Result<Self> {
        let mut session = ServerConnection::new(config).map_err(io::Error::other)?;
        session.set_buffer_limit(Some(AHEAD));
        let tls = Self { stream, state: Mutex::new(State { session, moved: false }) };
        std::future::poll_fn(|cx| tls.poll_agree(cx)).await?;
        Ok(tls)
    }

    fn poll_agree(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            ready!(self.poll_flush(cx))?;
            let goes_on = self.state().agree(&self.stream);
            match goes_on {
                Ok(true) => {}
                Ok(false) => return Poll::Ready(Ok(())),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    ready!(self.stream.poll_read_ready(cx))?;
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }

    /// Whether client and server have agreed on HTTP/2 (RFC 7301); `None` when the client has not named any protocol.
    pub(crate) fn is_http2(&self) -> Option<bool> {
        self.state().session.alpn_protocol().map(|agreed| agreed == HTTP2)
    }

    /// Reads what there is; nothing when the client has said that it sends no more.
    ///
    /// # Errors
    ///
    /// `UnexpectedEof` when its side is closed and it did not say so; the socket's.
    pub(crate) fn poll_receive(
        &self,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            let read = self.state().read(&self.stream, buf.initialize_unfilled());
            match read {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    ready!(self.stream.poll_read_ready(cx))?;
                }
                read => return Poll::Ready(read.map(|length| buf.advance(length))),
            }
        }
    }

    /// Takes some of what is to be sent, at least a byte.
    pub(crate) fn poll_send(
        &self,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        loop {
            let taken = self.state().write(&self.stream, parts);
            match taken {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    ready!(self.stream.poll_write_ready(cx))?;
                }
                taken => return Poll::Ready(taken),
            }
        }
    }

    /// Takes as much of what is to be sent as goes into the socket, and may owe the last of it.
    pub(crate) fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        let (mut state, mut taken) = (self.state(), 0);
        while let Some(left) = bytes.get(taken..).filter(|left| !left.is_empty()) {
            match state.write(&self.stream, &[IoSlice::new(left)]) {
                Ok(more) => taken += more,
                // What was taken is told first.
                Err(error) if taken == 0 => return Err(error),
                Err(_) => break,
            }
        }
        Ok(taken)
    }

    /// Pushes on what was taken until all of it is in the socket.
    pub(crate) fn poll_flush(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let done = self.state().push(&self.stream)?;
            if done {
                return Poll::Ready(Ok(()));
            }
            ready!(self.stream.poll_write_ready(cx))?;
        }
    }

    /// Says that nothing more will be sent, so that the client can tell an end from a cut (RFC 8446 section 6.1).
    pub(crate) fn poll_close(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.state().session.send_close_notify();
        self.poll_flush(cx)
    }

    /// The same, and closes that side of the socket.
    pub(crate) fn poll_shutdown(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_close(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    /// Whether something that was taken is not in the socket yet.
    pub(crate) fn owes(&self) -> bool {
        self.state().session.wants_write()
    }

    /// Whether the socket has taken anything since this was asked before.
    pub(crate) fn has_moved(&self) -> bool {
        std::mem::take(&mut self.state().moved)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Writes what is encrypted into the socket; whether that is all in there.
    fn push(&mut self, stream: &TcpStream) -> io::Result<bool> {
        while self.session.wants_write() {
            match self.session.write_tls(&mut Raw(stream)) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(_) => self.moved = true,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    /// Encrypts more once all before is in the socket: as much as may be owed.
    fn write(&mut self, stream: &TcpStream, parts: &[IoSlice<'_>]) -> io::Result<usize> {
        if !self.push(stream)? {
            return Err(ErrorKind::WouldBlock.into());
        }
        let taken = self.session.writer().write_vectored(parts)?;
        self.push(stream)?;
        Ok(taken)
    }

    /// Decrypts what comes, and obeys what is not for the reader.
    fn read(&mut self, stream: &TcpStream, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.session.reader().read(buf) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.decrypt(stream)?,
                read => return read,
            }
        }
    }

    /// Goes on with the handshake, once all before is in the socket; `false` when there is no more to it.
    fn agree(&mut self, stream: &TcpStream) -> io::Result<bool> {
        if !self.session.is_handshaking() {
            return Ok(false);
        }
        self.decrypt(stream).map(|()| true)
    }

    fn decrypt(&mut self, stream: &TcpStream) -> io::Result<()> {
        let length = self.session.read_tls(&mut Raw(stream))?;
        if let Err(error) = self.session.process_new_packets() {
            // The alert that says why; the connection is lost either way.
            let _ = self.push(stream);
            return Err(io::Error::new(ErrorKind::InvalidData, error));
        }
        match length == 0 && self.session.is_handshaking() {
            true => Err(ErrorKind::UnexpectedEof.into()),
            false => Ok(()),
        }
    }
}

/// A socket as rustls reads and writes it.
struct Raw<'s>(&'s TcpStream);

impl Read for Raw<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.try_read(buf)
    }
}

impl Write for Raw<'_> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.0.try_write(buf)
    }

    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> io::Result<usize> {
        self.0.try_write_vectored(bufs)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("stream", &self.stream).finish_non_exhaustive()
    }
}
