#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use rcgen::{Certificate, CertificateParams, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::Certificates;
use crate::config::Config;

/// What the servers of tests show.
pub(crate) fn certificates() -> Arc<Certificates> {
    Arc::clone(&SHOWN.0)
}

/// The connection of a client that trusts it.
pub(crate) async fn encrypted(stream: TcpStream) -> TlsStream<TcpStream> {
    SHOWN.1.connect("localhost".try_into().unwrap(), stream).await.unwrap()
}

static SHOWN: LazyLock<(Arc<Certificates>, TlsConnector)> = LazyLock::new(|| {
    let (certificate, key) = made(|_| {});
    let files = Files::with(&certificate.pem(), &key.serialize_pem());
    let read = Certificates::read(&files.certificate(), &files.key()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(certificate.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    (Arc::new(read), Arc::new(config).into())
});

/// Two files, to be found wanting.
struct Files(PathBuf);

impl Files {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("comet-tls-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn with(certificate: &str, key: &str) -> Self {
        let files = Self::new();
        fs::write(files.certificate(), certificate).unwrap();
        fs::write(files.key(), key).unwrap();
        files
    }

    fn certificate(&self) -> PathBuf {
        self.0.join("certificate.pem")
    }

    fn key(&self) -> PathBuf {
        self.0.join("key.pem")
    }

    /// What is wrong with them: the setting, and the text without their place.
    fn finding(&self) -> (&'static str, String) {
        let (setting, text) = Certificates::read(&self.certificate(), &self.key()).unwrap_err();
        let place = format!("{}/", self.0.display());
        assert!(text.contains(&place), "{text}");
        (setting, text.replace(&place, ""))
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn made(change: impl FnOnce(&mut CertificateParams)) -> (Certificate, KeyPair) {
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    (params.self_signed(&key).unwrap(), key)
}

fn good() -> (String, String) {
    let (certificate, key) = made(|_| {});
    (certificate.pem(), key.serialize_pem())
}

#[test]
fn a_certificate_and_its_key_are_read_whatever_else_is_in_the_files() {
    let ((certificate, key), (issuer, _)) = (good(), good());
    let files = Files::with(&format!("# ours\n{certificate}{issuer}"), &format!("text\n{key}"));
    assert!(Certificates::read(&files.certificate(), &files.key()).is_ok());
}

#[test]
fn what_cannot_be_used_is_said_with_the_setting_the_file_and_the_fix() {
    let ((certificate, key), (_, other)) = (good(), good());
    let broken = certificate.replacen("MII", "!!!", 1);
    let encrypted = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (certificate, key, setting, said, fix) in [
        ("", &*key, "tls_certificate", "`certificate.pem` has no certificate", "fullchain.pem"),
        (&key, &key, "tls_certificate", "`certificate.pem` has no certificate", "fullchain.pem"),
        (
            &broken,
            &key,
            "tls_certificate",
            "`certificate.pem` is not a PEM file",
            "BEGIN CERTIFICATE",
        ),
        (
            nonsense,
            &key,
            "tls_certificate",
            "the certificate in `certificate.pem` cannot be used",
            "make another",
        ),
        (&certificate, "", "tls_key", "`key.pem` has no private key", "privkey.pem"),
        (&certificate, &certificate, "tls_key", "`key.pem` has no private key", "privkey.pem"),
        (
            &certificate,
            &encrypted,
            "tls_key",
            "`key.pem` has no private key",
            "without a passphrase",
        ),
        (
            &certificate,
            &other,
            "tls_key",
            "`key.pem` is not the key of the certificate in `certificate.pem`",
            "name the one",
        ),
    ] {
        let (named, text) = Files::with(certificate, key).finding();
        assert!(
            named == setting && text.starts_with(said) && text.contains(fix),
            "{named}: {text}"
        );
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let files = Files::new();
    let (setting, text) = files.finding();
    assert_eq!(setting, "tls_certificate");
    assert!(text.starts_with("cannot read `certificate.pem`: No such file or directory"), "{text}");
    fs::write(files.certificate(), good().0).unwrap();
    let (setting, text) = files.finding();
    assert_eq!(setting, "tls_key");
    assert!(text.starts_with("cannot read `key.pem`"), "{text}");
}

#[test]
fn a_certificate_is_refused_that_clients_would_refuse_today() {
    let (old, key) = made(|params| params.not_after = date_time_ymd(2020, 2, 3));
    let (setting, text) = Files::with(&old.pem(), &key.serialize_pem()).finding();
    assert_eq!(setting, "tls_certificate");
    let said = "the certificate in `certificate.pem` was valid until Mon, 03 Feb 2020 00:00:00 GMT; renew it";
    assert_eq!(text, said);
    let (early, key) = made(|params| params.not_before = date_time_ymd(2900, 1, 1));
    let (_, text) = Files::with(&early.pem(), &key.serialize_pem()).finding();
    assert!(text.contains("is valid from Fri, 01 Jan 2900 00:00:00 GMT on"), "{text}");
}

#[test]
fn what_is_read_anew_replaces_what_was_and_what_cannot_be_used_does_not() {
    let (certificate, key) = good();
    let files = Files::with(&certificate, &key);
    let certificates = Certificates::read(&files.certificate(), &files.key()).unwrap();
    assert!(certificates.read_anew().is_ok());
    fs::write(files.key(), good().1).unwrap();
    assert_eq!(certificates.read_anew().unwrap_err().0, "tls_key");
}

#[test]
fn one_setting_without_the_other_is_no_tls() {
    let finding = |change: fn(&mut Config)| {
        let mut config = Config::default();
        change(&mut config);
        config.check().unwrap_err().to_string()
    };
    let text = finding(|config| config.tls_certificate = Some("a.pem".into()));
    assert!(
        text.contains(
            "tls_certificate: a certificate is of no use without its key; set tls_key as well"
        ),
        "{text}"
    );
    let text = finding(|config| config.tls_key = Some("a.pem".into()));
    assert!(text.contains("tls_key: a key is of no use without its certificate"), "{text}");
}
