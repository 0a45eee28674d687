//! A certificate and its key, from PEM files (RFC 7468) to what rustls needs of them.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::version::{TLS12, TLS13};
use rustls::{CertificateError, Error, RootCertStore, ServerConfig};

use super::{CERTIFICATE, Finding, HTTP2, KEY};

/// What a server offers that shows the certificate: TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1, and tickets to come back with.
pub(super) fn load(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, Finding> {
    let provider = Arc::new(ring::default_provider());
    let shown = certified(certificate, key, &provider)?;
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(unusable)?;
    let resolver = Arc::new(SingleCertAndKey::from(shown));
    let mut config = config.with_no_client_auth().with_cert_resolver(resolver);
    config.alpn_protocols = vec![HTTP2.to_vec(), b"http/1.1".to_vec()];
    config.ticketer = ring::Ticketer::new().map_err(unusable)?;
    Ok(Arc::new(config))
}

fn certified(
    certificate: &Path,
    key: &Path,
    provider: &CryptoProvider,
) -> Result<CertifiedKey, Finding> {
    let chain = chain(certificate)
        .and_then(|chain| valid(&chain, certificate, provider).map(|()| chain))
        .map_err(|text| (CERTIFICATE, text))?;
    let wrong = |text| (KEY, text);
    let secret = secret(key).map_err(wrong)?;
    CertifiedKey::from_der(chain, secret, provider).map_err(|error| {
        let (key, certificate) = (key.display(), certificate.display());
        wrong(match error {
            Error::InconsistentKeys(_) => {
                format!("`{key}` is not the key of the certificate in `{certificate}`; name the one it was made with")
            }
            error => format!("the key in `{key}` cannot be used: {error}; make one with RSA, ECDSA or Ed25519"),
        })
    })
}

/// The certificate of the server, and those that lead from it to one that its clients know.
fn chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let text = read(path)?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let fix = "it must hold the server's certificate and behind it those of its issuers, each in a block `BEGIN \
               CERTIFICATE`, as certbot's fullchain.pem does";
    match chain {
        Ok(chain) if chain.is_empty() => {
            Err(format!("`{}` has no certificate; {fix}", path.display()))
        }
        Ok(chain) => Ok(chain),
        Err(error) => Err(format!("`{}` is not a PEM file: {error}; {fix}", path.display())),
    }
}

fn secret(path: &Path) -> Result<PrivateKeyDer<'static>, String> {
    let text = read(path)?;
    let fix = "it must hold the certificate's key in a block `BEGIN PRIVATE KEY`, without a passphrase, as certbot's \
               privkey.pem does";
    PrivateKeyDer::from_pem_slice(&text).map_err(|error| match error {
        pem::Error::NoItemsFound => format!("`{}` has no private key; {fix}", path.display()),
        error => format!("`{}` is not a PEM file: {error}; {fix}", path.display()),
    })
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| {
        let path = path.display();
        format!("cannot read `{path}`: {error}; name a PEM file that this program's user may read")
    })
}

/// Whether clients would take the certificate today, as far as that can be told from it alone.
fn valid(
    chain: &[CertificateDer<'static>],
    path: &Path,
    provider: &CryptoProvider,
) -> Result<(), String> {
    let path = path.display();
    let Some(own) = chain.first() else { return Ok(()) };
    let unreadable =
        |error| format!("the certificate in `{path}` cannot be used: {error}; make another");
    let own = ParsedCertificate::try_from(own).map_err(unreadable)?;
    let algorithms = provider.signature_verification_algorithms.all;
    // Nobody is trusted here, so it always fails: first for the dates, if they are wrong.
    let nobody = RootCertStore::empty();
    let verdict =
        verify_server_cert_signed_by_trust_anchor(&own, &nobody, &[], UnixTime::now(), algorithms);
    match verdict {
        Err(Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. })) => Err(
            format!("the certificate in `{path}` was valid until {}; renew it", date(not_after)),
        ),
        Err(Error::InvalidCertificate(CertificateError::NotValidYetContext {
            not_before, ..
        })) => Err(format!(
            "the certificate in `{path}` is valid from {} on; set this machine's clock, or make another",
            date(not_before)
        )),
        _ => Ok(()),
    }
}

fn date(time: UnixTime) -> String {
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(time.as_secs()))
}

/// What has nothing to do with the files, such as a system without random numbers.
fn unusable(error: impl Into<Error>) -> Finding {
    (CERTIFICATE, format!("TLS cannot be used on this system: {}", error.into()))
}
