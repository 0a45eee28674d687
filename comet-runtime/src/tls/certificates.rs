//! The certificate of a server, for as long as it runs.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::ServerConfig;
use tokio::net::TcpStream;

use super::{Finding, Tls, files};

/// The certificate that a server shows, and the files it is from.
pub(crate) struct Certificates {
    certificate: PathBuf,
    key: PathBuf,
    current: Mutex<Arc<ServerConfig>>,
}

impl Certificates {
    /// Reads a certificate and its key from PEM files.
    ///
    /// # Errors
    ///
    /// The setting whose file cannot be used, and what to do about it.
    pub(crate) fn read(certificate: &Path, key: &Path) -> Result<Self, Finding> {
        let current = Mutex::new(files::load(certificate, key)?);
        Ok(Self { certificate: certificate.to_owned(), key: key.to_owned(), current })
    }

    /// Reads the files once more. Connections that are open go on as they are, and a session of before is not resumed, so
    /// that everybody who comes sees the new certificate.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read); then the certificate of before stays.
    pub(crate) fn read_anew(&self) -> Result<(), Finding> {
        let read = files::load(&self.certificate, &self.key)?;
        *self.current() = read;
        Ok(())
    }

    /// Agrees with a client on a TLS connection.
    ///
    /// # Errors
    ///
    /// The client has left, or wants what no safe connection has.
    pub(crate) async fn accept(&self, stream: TcpStream) -> io::Result<Tls> {
        let config = Arc::clone(&self.current());
        Tls::accept(config, stream).await
    }

    fn current(&self) -> MutexGuard<'_, Arc<ServerConfig>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificates")
            .field("certificate", &self.certificate)
            .finish_non_exhaustive()
    }
}
