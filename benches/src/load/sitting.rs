//! Connections that have asked for something and wait, each in a few words.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use rustls::StreamOwned;

use super::connection::Failure;
use super::process::Process;

/// Nothing takes longer, unless something is lost.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is said over one connection.
pub(crate) struct Dialog(Box<dyn Stream>);

trait Stream: Read + Write {}

impl<S: Read + Write> Stream for S {}

impl Dialog {
    /// Connects.
    ///
    /// # Errors
    ///
    /// Nobody listens, or there are no descriptors left.
    pub(crate) fn open(process: &Process) -> Result<Self, Failure> {
        let stream = TcpStream::connect(process.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self(match &process.tls {
            Some(tls) => Box::new(StreamOwned::new(tls.connect()?, stream)),
            None => Box::new(stream),
        }))
    }

    /// Says something, and reads until a text has come; `""` for nothing. What was read.
    ///
    /// # Errors
    ///
    /// The text does not come.
    pub(crate) fn ask(&mut self, bytes: &[u8], until: &str) -> Result<String, Failure> {
        self.0.write_all(bytes)?;
        self.0.flush()?;
        let (mut said, mut buffer) = (String::new(), [0; 4096]);
        while !said.contains(until) {
            match self.0.read(&mut buffer)? {
                0 => return Err(format!("closed instead of {until:?}, after {said:?}").into()),
                length => said.push_str(&String::from_utf8_lossy(&buffer[..length])),
            }
        }
        Ok(said)
    }
}

/// Many of them.
pub(crate) struct Sitting(Vec<Dialog>);

impl Sitting {
    /// Opens so many connections, and has the same said over each.
    ///
    /// # Errors
    ///
    /// Nobody listens, or an answer is not what it should be.
    pub(crate) fn gather(
        process: &Process,
        many: usize,
        say: impl Fn(&mut Dialog) -> Result<(), Failure>,
    ) -> Result<Self, Failure> {
        let one = |_| {
            let mut dialog = Dialog::open(process)?;
            say(&mut dialog).map(|()| dialog)
        };
        (0..many).map(one).collect::<Result<_, _>>().map(Self)
    }

    /// How many there are.
    #[must_use]
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}
