//! A certificate for the measurement, and clients that trust it.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::crypto::ring::default_provider;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, ClientConnection, DEFAULT_VERSIONS, RootCertStore};

use super::connection::Failure;

/// What it takes to encrypt.
#[derive(Clone, Debug)]
pub(crate) struct Tls {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
    client: Arc<ClientConfig>,
}

impl Tls {
    /// Makes a certificate for `localhost` that is signed by nobody else, in files for the server.
    ///
    /// # Errors
    ///
    /// The files cannot be written.
    pub(crate) fn new() -> Result<Self, Failure> {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
        let folder = std::env::temp_dir().join(format!("comet-bench-tls-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
        std::fs::write(&certificate, made.cert.pem())?;
        std::fs::write(&key, made.signing_key.serialize_pem())?;
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(made.cert.der().to_vec()))?;
        let client = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_protocol_versions(DEFAULT_VERSIONS)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { certificate, key, client: Arc::new(client) })
    }

    /// The client's side of a new connection.
    ///
    /// # Errors
    ///
    /// rustls does not like its settings.
    pub(crate) fn connect(&self) -> Result<ClientConnection, Failure> {
        Ok(ClientConnection::new(Arc::clone(&self.client), "localhost".try_into()?)?)
    }
}
