//! HTTPS: what is not said already by the tests that run over it as over HTTP.

mod agreement;
mod ends;
mod renewal;
mod settings;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use rustls::crypto::ring::default_provider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};

/// The names of the files that a certificate is written to.
pub(crate) const CERTIFICATE: &str = "certificate.pem";
pub(crate) const KEY: &str = "key.pem";

/// Makes a certificate for `localhost` that is signed by nobody else.
pub(crate) fn certify(directory: &Path) {
    let made = Command::new(env!("CARGO_BIN_EXE_certificate")).arg(directory).status();
    assert!(made.unwrap().success());
}

/// The settings of clients that trust the certificate in a directory, and none else.
pub(crate) fn trusting(
    directory: &Path,
    versions: &[&'static SupportedProtocolVersion],
) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(directory.join(CERTIFICATE)).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()));
    let config = config.with_protocol_versions(versions).unwrap();
    Arc::new(config.with_root_certificates(roots).with_no_client_auth())
}
